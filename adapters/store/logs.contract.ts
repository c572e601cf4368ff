/** What every engine's append-only logs must do. Test support. */
import { describe, expect, test } from '@jest/globals';
import type { Store } from './port.ts';

export function describeLogs(it: () => Store): void {
  describe('logs', () => {
    const record = (id: string, at = 0, ...terms: string[]) => ({ id, data: { id }, at, terms });
    const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id);

    test('records are numbered from 1 in each log and read back in order', async () => {
      await it().append('audit', [record('r1')], { after: 0 });
      await it().append('audit', [record('r2'), record('r3')], { after: 1 });
      await it().append('other', [record('r1')], { after: 0 });
      expect(await it().readLog('audit', { after: 1, first: 5 })).toEqual([
        { sequence: 2, id: 'r2', data: { id: 'r2' } },
        { sequence: 3, id: 'r3', data: { id: 'r3' } },
      ]);
      expect(await it().readLog('audit', { first: 1 })).toHaveLength(1);
      expect(await it().lastOfLog('audit')).toEqual({ sequence: 3, id: 'r3', data: { id: 'r3' } });
      expect(await it().lastOfLog('none')).toBeNull();
      expect(await it().entryOfLog('audit', 'r2')).toMatchObject({ sequence: 2 });
      expect(await it().entryOfLog('audit', 'r9')).toBeNull();
      expect([await it().logs(''), await it().logs('au')]).toEqual([['audit', 'other'], ['audit']]);
      expect([await it().logs('b'), await it().logs('other'), await it().logs('z')]).toEqual([[], ['other'], []]);
    });

    test('an entry is examined as it is kept, with what it is found by', async () => {
      const odd = 'term with\u0000, "quotes" and \u202e';
      await it().append('audit', [record('r1', 5, odd, 'b'), record('r2', -7), record('r3')], { after: 0 });
      await it().append('other', [record('o1', 1, 'b')], { after: 0 });
      const examined = await it().examineLog('audit', { first: 2 });
      expect(
        examined.map(({ text, terms, ...rest }) => ({ ...rest, data: JSON.parse(text), terms: terms.toSorted() })),
      ).toEqual([
        { sequence: 1, id: 'r1', at: 5, data: { id: 'r1' }, terms: ['b', odd] },
        { sequence: 2, id: 'r2', at: -7, data: { id: 'r2' }, terms: [] },
      ]);
      expect((await it().examineLog('audit', { after: 2, first: 9 })).map(({ id }) => id)).toEqual(['r3']);
      expect(await it().examineLog('none', { first: 1 })).toEqual([]);
      await expect(it().examineLog('audit', { first: 0 })).rejects.toMatchObject({ code: 'STORE_INVALID' });
    });

    test('a record that comes as text is kept letter by letter', async () => {
      const text = '{"b":1.50,  "a":"\\u4e2d中"}';
      await it().append('audit', [{ id: 'r1', text }], { after: 0 });
      expect((await it().examineLog('audit', { first: 1 }))[0]?.text).toBe(text);
      expect((await it().lastOfLog('audit'))?.data).toEqual({ a: '中中', b: 1.5 });
    });

    test('records behind another end than the log has are refused, all of them', async () => {
      await it().append('audit', [record('r1')], { after: 0 });
      for (const after of [0, 2]) {
        await expect(it().append('audit', [record('r2')], { after })).rejects.toMatchObject({
          reason: 'VERSION',
          presentVersion: 1,
        });
      }
      expect(await it().readLog('audit', { first: 9 })).toHaveLength(1);
    });

    test('a record of an id that is there is refused, with those beside it', async () => {
      await it().append('audit', [record('r1', 1, 'a')], { after: 0 });
      const again = it().append('audit', [record('r2', 2, 'a'), record('r1', 3, 'a')], { after: 1 });
      await expect(again).rejects.toMatchObject({ reason: 'KEY', key: 'r1' });
      expect(await it().readLog('audit', { first: 9 })).toHaveLength(1);
      expect(idsOf((await it().findInLogs({ term: 'a', first: 9 })).items)).toEqual(['r1']);
    });

    test('a search finds entries of all logs by their term, newest first, page by page', async () => {
      await it().append('a', [record('a1', 10, 'x', 'y'), record('a2', 30, 'x', 'x'), record('a3', 20, 'y')], {
        after: 0,
      });
      await it().append('b', [record('b1', 20, 'x'), record('b2', 20, 'x')], { after: 0 });
      const all = await it().findInLogs({ term: 'x', first: 9 });
      expect(idsOf(all.items)).toEqual(['a2', 'b1', 'b2', 'a1']);
      expect(all.items[0]).toMatchObject({ log: 'a', sequence: 2, data: { id: 'a2' } });
      expect(all.next).toBeNull();
      const first = await it().findInLogs({ term: 'x', first: 2 });
      const second = await it().findInLogs({ term: 'x', first: 2, cursor: first.next });
      expect([idsOf(first.items), idsOf(second.items), second.next]).toEqual([['a2', 'b1'], ['b2', 'a1'], null]);
      expect(idsOf((await it().findInLogs({ term: 'x', from: 20, to: 30, first: 9 })).items)).toEqual(['b1', 'b2']);
      expect(await it().findInLogs({ term: 'none', first: 9 })).toEqual({ items: [], next: null });
      await expect(it().findInLogs({ term: 'x', cursor: 'nonsense', first: 1 })).rejects.toMatchObject({
        code: 'STORE_INVALID',
      });
    });

    test.each([0, -1, 1.5])('a page of %d is refused', async (first) => {
      await expect(it().findInLogs({ term: 'x', first })).rejects.toMatchObject({ code: 'STORE_INVALID' });
      await expect(it().readLog('audit', { first })).rejects.toMatchObject({ code: 'STORE_INVALID' });
    });

    test('what is retired is gone from log and search; the last entry stays, and the count goes on', async () => {
      await it().append('audit', [record('r1', 1, 'x'), record('r2', 2, 'x'), record('r3', 3, 'x')], { after: 0 });
      expect(await it().retireLog('audit', { upTo: 1 })).toBe(1);
      expect(idsOf((await it().findInLogs({ term: 'x', first: 9 })).items)).toEqual(['r3', 'r2']);
      expect(await it().retireLog('audit', { upTo: 9 })).toBe(1);
      await it().append('audit', [record('r4')], { after: 3 });
      expect(idsOf(await it().readLog('audit', { first: 9 }))).toEqual(['r3', 'r4']);
    });
  });
}
