import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { recordLinkConflict } from './link-conflict.ts';
import { openConflicts } from './open-conflicts.ts';
import { acting, DISTRICT, OTHER_DISTRICT, services } from './person-fixtures.ts';

let hub: ReturnType<typeof services>;
beforeEach(async () => {
  hub = services();
  for (let i = 0; i < 12; i += 1) {
    const division = i % 3 === 0 ? DISTRICT : OTHER_DISTRICT;
    const finding = { kind: 'SEX', department: 'HEALTH', localId: `H-${i}`, division } as const;
    await recordLinkConflict(hub, { ...finding, personIds: ['p'], foundAt: '2026-11-20T00:00:00Z' });
  }
});
afterEach(() => hub.store.close());

test('pages hold only what is within the jurisdiction, and go on behind any of their cursors', async () => {
  const all = await openConflicts(hub.store, acting(), { first: 9, after: null });
  expect([all.items.length, all.more]).toEqual([4, false]);
  const first = await openConflicts(hub.store, acting(), { first: 2, after: null });
  expect(first.more).toBe(true);
  const rest = await openConflicts(hub.store, acting(), { first: 2, after: first.items[1]?.cursor ?? null });
  expect([...first.items, ...rest.items]).toEqual(all.items);
  expect(rest.more).toBe(false);
});

test('nothing asked is nothing answered; a caller who may not act has none', async () => {
  expect(await openConflicts(hub.store, acting(), { first: 0, after: null })).toEqual({ items: [], more: false });
  const stranger = acting({ department: null });
  expect(await openConflicts(hub.store, stranger, { first: 9, after: null })).toEqual({ items: [], more: false });
});
