/** What every source of civil affairs must do, the fake and the one that speaks SOAP. Test support. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isPartialDate } from '../shared/partial-date.ts';
import type { RegisterEntry } from '../shared/source.ts';
import type { CivilAffairsSource } from './port.ts';

export const CIVIL_AFFAIRS_READS = ['assistanceOf', 'childWelfareOf', 'elderlyCareOf', 'familyGuidanceOf'] as const;
export type CivilAffairsRead = (typeof CIVIL_AFFAIRS_READS)[number];

export interface StartedSource {
  readonly source: CivilAffairsSource;
  /** Somebody with rows, for each category. */
  readonly having: Readonly<Record<CivilAffairsRead, string>>;
  /** Somebody known without rows, for each category. */
  readonly lacking: Readonly<Record<CivilAffairsRead, string>>;
  /** Every local id of the register. */
  readonly register: readonly string[];
  close(): Promise<void>;
}

const NOBODY = ['nobody', '', 'MZ/2025/999999', 'x</personNo><personNo>y', '&lol;', '\u0000', '__proto__', 'a\ud800'];

export function describeCivilAffairsSource(name: string, start: () => Promise<StartedSource>): void {
  describe(`civil affairs: ${name}`, () => {
    let started: StartedSource;
    beforeAll(async () => {
      started = await start();
    });
    afterAll(() => started.close());

    describe.each(CIVIL_AFFAIRS_READS)('%s', (read) => {
      const ask = async (ids: readonly string[]) => started.source[read](ids);

      test('answers in key order: rows, null for who is not known, nothing for who has none', async () => {
        const [having, lacking] = [started.having[read], started.lacking[read]];
        const { rows } = await ask([lacking, 'nobody', having, having]);
        expect(rows).toHaveLength(4);
        expect(rows[0]).toEqual([]);
        expect(rows[1]).toBeNull();
        expect(rows[2]?.length).toBeGreaterThan(0);
        expect(rows[3]).toEqual(rows[2]);
      });

      test('says when its data are from', async () => {
        const { asOf, cached } = await ask([started.having[read]]);
        expect(asOf).toMatch(/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/);
        expect(cached).toBe(false);
      });

      test('gives dates as FHIR dates', async () => {
        const { rows } = await ask([started.having[read]]);
        const all: readonly object[] = rows.flatMap((own): readonly object[] => own ?? []);
        for (const row of all) {
          const dates = Object.entries(row).filter(([key]) => /^(from|to|opened|lastOn|assessedOn)$/.test(key));
          for (const [, date] of dates) expect(date === null || isPartialDate(String(date))).toBe(true);
          expect(dates.length).toBeGreaterThan(1);
        }
      });

      test('case 50: an id with markup, control characters or a name of JavaScript is nobody', async () => {
        const { rows } = await ask([...NOBODY, started.having[read]]);
        expect(rows.slice(0, -1)).toEqual(NOBODY.map(() => null));
        expect(rows.at(-1)?.length).toBeGreaterThan(0);
      });

      test('is asked about nobody and answers nothing', async () => {
        expect((await ask([])).rows).toEqual([]);
        expect((await ask(['nobody'])).rows).toEqual([null]);
      });
    });

    test('the register is walked to its end, page by page, each local id in it', async () => {
      const entries: RegisterEntry[] = [];
      let cursor: string | null = null;
      let pages = 0;
      do {
        const page = await started.source.register(cursor);
        entries.push(...page.entries);
        cursor = page.next;
        pages += 1;
      } while (cursor !== null && pages < 100);
      expect(pages).toBeLessThan(100);
      expect(new Set(entries.map(({ localId }) => localId))).toEqual(new Set(started.register));
    });

    test('the register goes on from a cursor as often as it is asked', async () => {
      const { next } = await started.source.register(null);
      expect(next).not.toBeNull();
      expect(await started.source.register(next)).toEqual(await started.source.register(next));
    });

    test('the probe resolves', async () => {
      await expect(started.source.probe()).resolves.toBeUndefined();
    });
  });
}
