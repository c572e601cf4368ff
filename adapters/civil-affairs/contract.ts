/** What every source of civil affairs must do, the fake and the one that speaks SOAP. Test support. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isPartialDate } from '../shared/partial-date.ts';
import { describeDepartmentSource } from '../shared/source.contract.ts';
import type { CivilAffairsSource } from './port.ts';

export const CIVIL_AFFAIRS_READS = ['assistanceOf', 'childWelfareOf', 'elderlyCareOf', 'familyGuidanceOf'] as const;
export type CivilAffairsRead = (typeof CIVIL_AFFAIRS_READS)[number];

export interface StartedSource {
  readonly source: CivilAffairsSource;
  /** Somebody with rows, for each category. */
  readonly having: Readonly<Record<CivilAffairsRead, string>>;
  /** Somebody known without rows, for each category. */
  readonly lacking: Readonly<Record<CivilAffairsRead, string>>;
  /** How many calls the system has answered; left out for the fake. */
  readonly calls?: () => number;
  /** Stops what was started beside the source. */
  close?(): Promise<void>;
}

const NOBODY = ['nobody', '', 'MZ/2025/999999', 'x</personNo><personNo>y', '&lol;', '\u0000', '__proto__', 'a\ud800'];

export function describeCivilAffairsSource(name: string, start: () => Promise<StartedSource>): void {
  describeDepartmentSource(name, async () => {
    const { source, having, lacking, ...rest } = await start();
    const { assistanceOf, childWelfareOf, elderlyCareOf, familyGuidanceOf } = source;
    const reads = { assistanceOf, childWelfareOf, elderlyCareOf, familyGuidanceOf };
    return { source, reads, knownIds: [having.assistanceOf, lacking.assistanceOf], unknownId: 'nobody', ...rest };
  });

  describe(`civil affairs: ${name}`, () => {
    let started: StartedSource;
    beforeAll(async () => {
      started = await start();
    });
    afterAll(async () => {
      await started.source.close();
      await started.close?.();
    });

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
    });
  });
}
