import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RegisterEntry } from '../shared/source.ts';
import type { WomensFederationSource } from './port.ts';

/** A source with what it is known to hold. */
export interface Started {
  readonly source: WomensFederationSource;
  /** One local id with rows of each category; `sealed` has a sealed case, `empty` is known and has no row at all. */
  readonly withFamilySupport: string;
  readonly withRightsCase: string;
  readonly withHotline: string;
  readonly sealed: string;
  readonly empty: string;
  stop(): Promise<void>;
}

const ISO_DATE = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** What holds for every source of the women's federation, fake or real. */
export function describeWomensFederationSource(name: string, start: () => Promise<Started>) {
  describe(`${name} keeps the port's promises`, () => {
    let started: Started;
    beforeAll(async () => {
      started = await start();
    });
    afterAll(async () => {
      await started.source.close();
      await started.stop();
    });

    const reads = [
      ['familySupportOf', 'withFamilySupport'],
      ['rightsCasesOf', 'withRightsCase'],
      ['hotlineContactsOf', 'withHotline'],
    ] as const;

    test.each(reads)('%s answers in the order of the ids, one twice if asked twice', async (read, who) => {
      const id = started[who];
      const { rows, asOf, cached } = await started.source[read](['nobody', id, started.empty, id]);
      expect(rows).toHaveLength(4);
      expect(rows[0]).toBeNull();
      expect(rows[1]?.length).toBeGreaterThan(0);
      expect(rows[2]).toEqual([]);
      expect(rows[3]).toEqual(rows[1]);
      expect(asOf).toMatch(INSTANT);
      expect(cached).toBe(false);
    });

    test.each(reads)('%s of nobody is an empty answer', async (read, _who) => {
      expect((await started.source[read]([])).rows).toEqual([]);
    });

    test.each(reads)('%s takes a name of the language for an id like any other', async (read, _who) => {
      expect((await started.source[read](['__proto__', 'constructor', ''])).rows).toEqual([null, null, null]);
    });

    test('rows carry dates that exist and words that are not empty', async () => {
      const { source, withFamilySupport, withRightsCase, withHotline } = started;
      const [support] = (await source.familySupportOf([withFamilySupport])).rows[0] ?? [];
      const [rightsCase] = (await source.rightsCasesOf([withRightsCase])).rows[0] ?? [];
      const [contact] = (await source.hotlineContactsOf([withHotline])).rows[0] ?? [];
      for (const date of [support?.from, rightsCase?.acceptedOn, contact?.date]) expect(date).toMatch(ISO_DATE);
      for (const text of [support?.kindText, rightsCase?.kindText, contact?.topicText]) expect(text).toMatch(/\S/);
    });

    test('a sealed case is marked as sealed', async () => {
      const [cases] = (await started.source.rightsCasesOf([started.sealed])).rows;
      expect(cases?.some(({ sealed }) => sealed)).toBe(true);
    });

    test('since leaves out what is older', async () => {
      const { source, withHotline } = started;
      const [all] = (await source.hotlineContactsOf([withHotline])).rows;
      const newest =
        all
          ?.map(({ date }) => date)
          .toSorted()
          .at(-1) ?? '';
      const [some] = (await source.hotlineContactsOf([withHotline], { since: newest })).rows;
      expect(some).toEqual(all?.filter(({ date }) => date >= newest));
      expect((await source.hotlineContactsOf([withHotline], { since: '9999-01-01' })).rows).toEqual([[]]);
    });

    test('the register is walked to its end, nobody twice, a page resumable by its cursor', async () => {
      const { source } = started;
      const all = await walk(source, null);
      expect(all.length).toBeGreaterThan(1);
      expect(new Set(all.map((entry) => JSON.stringify(entry))).size).toBe(all.length);
      const first = await source.register(null);
      if (first.next !== null) expect(await walk(source, first.next)).toEqual(all.slice(first.entries.length));
    });

    test('the register names people in the hub’s form', async () => {
      for (const { localId, name, idNumber, birthDate, division, sex } of await walk(started.source, null)) {
        expect(localId).toMatch(/^\S+$/);
        expect(name).toMatch(/\S/);
        if (idNumber !== null) expect(idNumber).toMatch(/^\d{17}[\dX]$/);
        if (birthDate !== null) expect(birthDate).toMatch(ISO_DATE);
        if (division !== null) expect(division).toMatch(/^\d{6}(\d{3}){0,2}$/);
        expect(['UNKNOWN', 'MALE', 'FEMALE', 'UNSTATED']).toContain(sex);
      }
    });

    test('the probe finds it', async () => {
      await expect(started.source.probe()).resolves.toBeUndefined();
    });
  });
}

async function walk(source: WomensFederationSource, from: string | null): Promise<RegisterEntry[]> {
  const entries: RegisterEntry[] = [];
  let cursor = from;
  do {
    const page = await source.register(cursor);
    entries.push(...page.entries);
    cursor = page.next;
  } while (cursor !== null);
  return entries;
}
