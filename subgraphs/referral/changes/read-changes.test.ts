import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openSqliteStore } from '../../../adapters/store/sqlite/sqlite-store.ts';
import type { Caller } from '../../shared/caller.ts';
import { silentLog } from '../../shared/log.ts';
import { changeCursor } from './change-cursor.ts';
import { callerOf, changed, CLINIC, COMMITTEE, SCHOOL } from './changes.fixture.ts';
import { readChanges } from './read-changes.ts';
import { referralChangeRelay } from './referral-change-relay.ts';

function feeds() {
  const store = openSqliteStore({ file: ':memory:' });
  const relay = referralChangeRelay({ store, log: silentLog, every: () => () => {} });
  const read = async (differs: Partial<Caller> = {}, page: Parameters<typeof readChanges>[2] = {}) =>
    readChanges(store, callerOf(differs), page);
  return { store, relay, read };
}

const ids = ({ page }: Awaited<ReturnType<typeof readChanges>>) => page?.items.map(({ id }) => id);

const OTHER_TOWN = { ...CLINIC, organisation: 'town-clinic', division: '990101002' };
const OTHER_DISTRICT = { ...CLINIC, organisation: 'far-clinic', division: '990202' };

test.each<[string, Partial<Caller>, readonly string[]]>([
  ["a department's system sees its institutions of its district", {}, ['a/1', 'b/1', 'd/1']],
  ["that of a town sees that town's", { division: '990101002' }, ['b/1']],
  ["that of another district sees the other district's", { division: '990202' }, ['c/1']],
  ['that of the city sees all of them', { division: '990000' }, ['a/1', 'b/1', 'c/1', 'd/1']],
  ['a worker of the clinic sees what is to the clinic', { organisation: 'clinic', roles: [] }, ['a/1', 'd/1']],
  ['the same from another district sees nothing', { organisation: 'clinic', roles: [], division: '990202' }, []],
  [
    'a committee without a departmental system sees its own',
    { organisation: 'committee', department: null, division: '990101001001' },
    ['d/1'],
  ],
  ['a person has no feed', { personId: 'p1', department: null }, []],
  ['who has no jurisdiction has none', { division: null }, []],
])('case 26: %s', async (_, differs, expected) => {
  const { store, relay, read } = feeds();
  await changed(store, 'a');
  await changed(store, 'b', { parties: [SCHOOL, OTHER_TOWN] });
  await changed(store, 'c', { parties: [SCHOOL, OTHER_DISTRICT] });
  await changed(store, 'd', { parties: [COMMITTEE, CLINIC] });
  await relay.run();
  expect(ids(await read(differs))).toEqual(expected);
});

test('case 25: what a caller may no longer see is cut when it is read, whatever it had begun to read', async () => {
  const { store, relay, read } = feeds();
  for (const id of ['a', 'b', 'c']) await changed(store, id);
  await relay.run();
  const { page } = await read({}, { first: 1 });
  const after = page?.endCursor ?? null;
  expect(ids(await read({}, { after }))).toEqual(['b/1', 'c/1']);
  expect(ids(await read({ division: '990101002' }, { after }))).toEqual([]);
  // No longer the department's system: the cursor is of a feed that is not its own any more.
  expect(await read({ roles: [] }, { after })).toMatchObject({ refusal: 'CURSOR_INVALID' });
});

test.each([
  ['garbage', 'x'],
  ['nothing', ''],
  ['of another feed', changeCursor('department:JUSTICE', 1)],
  ['of a negative place', changeCursor('department:HEALTH', -1)],
  ['of half a place', changeCursor('department:HEALTH', 0.5)],
  ['written otherwise', Buffer.from('["department:HEALTH", 1]').toString('base64url')],
  ['from beyond the end', changeCursor('department:HEALTH', 2)],
])('a cursor is refused that is %s', async (_, after) => {
  const { store, relay, read } = feeds();
  await changed(store, 'a');
  await relay.run();
  expect(await read({}, { after })).toEqual({ page: null, refusal: 'CURSOR_INVALID' });
});

test('a reader of a small part of a large feed gets on, page by page, though pages are empty', async () => {
  const { store, read } = feeds();
  const far = {
    referralId: 'x',
    kind: 'SERVICE',
    change: 'CREATE',
    step: null,
    state: 'REQUESTED',
    version: 1,
    at: '',
  };
  const entries = Array.from({ length: 12_000 }, (_, i) => ({
    id: `e${i}`,
    data: { ...far, divisions: [i === 11_000 ? '990101' : '990202'] },
  }));
  await store.append('referral-feed:department:HEALTH', entries, { after: 0 });
  const pages: (readonly string[] | undefined)[] = [];
  let after: string | null = null;
  for (let more = true; more;) {
    const { page }: Awaited<ReturnType<typeof readChanges>> = await read({}, { after });
    pages.push(page?.items.map(({ id }) => id));
    ({ endCursor: after, hasNextPage: more } = page ?? { endCursor: null, hasNextPage: false });
  }
  expect(pages).toEqual([[], [], ['e11000']]);
});

test('who reads from page to page gets every change once and in order, whatever comes meanwhile', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('WRITE' as const), mine: fc.boolean() }),
    fc.record({ kind: fc.constant('READ' as const), first: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constant('RELAY' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { store, relay, read } = feeds();
      const written: string[] = [];
      const seen: (string | undefined)[] = [];
      let after: string | null = null;
      const readOn = async (first: number) => {
        const { page } = await read({}, { after, first });
        seen.push(...(page?.items.map(({ id }) => id) ?? []));
        after = page?.endCursor ?? null;
        return page?.hasNextPage === true;
      };
      for (const one of steps) {
        if (one.kind === 'RELAY') await relay.run();
        if (one.kind === 'READ') await readOn(one.first);
        if (one.kind !== 'WRITE') continue;
        const id = await changed(store, 'r', one.mine ? {} : { parties: [OTHER_DISTRICT] });
        if (one.mine) written.push(id);
      }
      await relay.run();
      while (await readOn(3));
      expect(seen).toEqual(written);
      await store.close();
    }),
    { numRuns: 100 },
  );
});

test('who begins now gets an empty page, and behind its cursor what happens from then on', async () => {
  const { store, relay, read } = feeds();
  await changed(store, 'a');
  await relay.run();
  const now = await read({}, { start: 'NOW' });
  expect([ids(now), now.page?.hasNextPage]).toEqual([[], false]);
  await changed(store, 'b');
  await relay.run();
  expect(ids(await read({}, { after: now.page?.endCursor, start: 'NOW' }))).toEqual(['b/1']);
  expect(ids(await read())).toEqual(['a/1', 'b/1']);
});
