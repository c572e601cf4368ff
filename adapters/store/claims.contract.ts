/** What claims of every engine's outbox must do besides being held and settled: types and order. Test support. */
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { ClaimedEvent, Store } from './port.ts';
import { defineCollection } from './port.ts';

const boxes = defineCollection({ name: 'box', schema: z.null(), keys: () => [], indexes: {} });

export function describeClaims(it: () => Store, { pass }: { pass: (ms: number) => void }): void {
  const add = (...ids: readonly string[]) =>
    it().save(boxes, {
      id: `of-${ids[0]}`,
      data: null,
      expectedVersion: 0,
      events: ids.map((id) => ({ id, type: id.startsWith('x') ? 'OTHER' : 'MOVED', data: id })),
    });
  const claim = ({ type = 'MOVED', leaseMs = 1_000, limit = 9, inOrder = false } = {}) =>
    it().claim({ type, leaseMs, limit, inOrder });
  const inOrder = (limit = 9) => claim({ limit, inOrder: true });
  const ids = (events: readonly ClaimedEvent[]) => events.map(({ id }) => id);

  describe('claims', () => {
    test.each([false, true])('a claim takes events of its type alone (in order: %s)', async (ordered) => {
      await add('e1', 'x1');
      await add('x2', 'e2');
      await claim({ type: 'OTHER', limit: 1 });
      expect(ids(await claim({ inOrder: ordered }))).toEqual(['e1', 'e2']);
      expect(ids(await claim({ type: 'OTHER', inOrder: ordered }))).toEqual(ordered ? [] : ['x2']);
    });

    test('a claim in order gets nothing while another holds an older event, then what the other left, from the oldest', async () => {
      for (const id of ['e1', 'e2', 'e3', 'e4']) await add(id);
      const first = await inOrder(2);
      expect(ids(first)).toEqual(['e1', 'e2']);
      expect(await inOrder()).toEqual([]);
      expect(await it().settle(first.slice(0, 1))).toEqual(['e1']);
      expect(await inOrder()).toEqual([]);
      pass(999);
      expect(await inOrder()).toEqual([]);
      pass(1);
      const second = await inOrder();
      expect(second.map(({ id, attempt }) => [id, attempt])).toEqual([
        ['e2', 2],
        ['e3', 1],
        ['e4', 1],
      ]);
      expect(await it().settle(first)).toEqual([]);
      expect(await inOrder()).toEqual([]);
      expect(await it().settle(second)).toEqual(['e2', 'e3', 'e4']);
      await add('e5');
      expect(ids(await inOrder())).toEqual(['e5']);
    });

    test('a zombie settles nothing of what another claims after it, even once that is settled', async () => {
      for (const id of ['e1', 'e2']) await add(id);
      const zombie = await inOrder(1);
      pass(1_000);
      const held = await inOrder(1);
      expect([ids(zombie), ids(held)]).toEqual([['e1'], ['e1']]);
      expect(await it().settle(zombie)).toEqual([]);
      expect(await inOrder()).toEqual([]);
      await it().settle(held);
      expect(await it().settle(zombie)).toEqual([]);
      expect(ids(await inOrder())).toEqual(['e2']);
    });

    test('the run ends before an event that is held, wherever it stands', async () => {
      for (const id of ['e1', 'e2', 'e3']) await add(id);
      await claim({ limit: 1, leaseMs: 500 });
      await claim({ limit: 1, leaseMs: 2_000 });
      pass(500);
      const run = await inOrder();
      expect(ids(run)).toEqual(['e1']);
      await it().settle(run);
      expect(await inOrder()).toEqual([]);
      pass(1_500);
      expect(ids(await inOrder(1))).toEqual(['e2']);
    });

    test('of many that claim in order at once one gets something', async () => {
      for (let i = 0; i < 30; i += 1) await add(`e${i}`);
      const claims = await Promise.all(Array.from({ length: 10 }, () => inOrder(7)));
      expect(claims.map(ids).filter((got) => got.length > 0)).toEqual([Array.from({ length: 7 }, (_, i) => `e${i}`)]);
    });
  });
}
