/** What every source of justice must do, the fake and the one that speaks SQL. Test support. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isPartialDate } from '../shared/partial-date.ts';
import { describeDepartmentSource } from '../shared/source.contract.ts';
import type { JusticeSource } from './port.ts';

export const JUSTICE_READS = ['legalAidOf', 'mediationOf', 'reintegrationOf'] as const;
type JusticeRead = (typeof JUSTICE_READS)[number];

export interface StartedSource {
  readonly source: JusticeSource;
  /** Somebody with rows, for each category; none of them known by sealed records only. */
  readonly having: Readonly<Record<JusticeRead, string>>;
  /** Somebody known, and not by sealed records only, without rows, for each category. */
  readonly lacking: Readonly<Record<JusticeRead, string>>;
  /** Somebody known by sealed records only. */
  readonly sealedOnly: string;
  /** How many calls the system has answered; left out for the fake. */
  readonly calls?: () => number;
  /** Stops what was started beside the source. */
  close?(): Promise<void>;
}

const NOBODY = ['nobody', '', `' OR '1'='1`, `x'; DROP VIEW v_register; --`, '\u0000', '__proto__', 'a\ud800', '{a,b}'];

export function describeJusticeSource(name: string, start: () => Promise<StartedSource>): void {
  describeDepartmentSource(name, async () => {
    const { source, having, ...rest } = await start();
    const { legalAidOf, mediationOf, reintegrationOf } = source;
    const reads = { legalAidOf, mediationOf, reintegrationOf };
    return { source, reads, knownIds: [having.legalAidOf, having.mediationOf], unknownId: 'nobody', ...rest };
  });

  describe(`justice: ${name}`, () => {
    let started: StartedSource;
    beforeAll(async () => {
      started = await start();
    });
    afterAll(async () => {
      await started.source.close();
      await started.close?.();
    });

    describe.each(JUSTICE_READS)('%s', (read) => {
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

      test('gives dates as FHIR dates, or null', async () => {
        const { rows } = await ask([started.having[read]]);
        const all: readonly object[] = rows.flatMap((own): readonly object[] => own ?? []);
        for (const row of all) {
          const dates = Object.entries(row).filter(([key]) =>
            /^(from|to|opened|decidedOn|closed|agreementDate)$/.test(key),
          );
          for (const [, date] of dates) expect(date === null || isPartialDate(String(date))).toBe(true);
          expect(dates.length).toBeGreaterThan(1);
        }
      });

      test('case 48: an id with SQL, control characters or a name of JavaScript is nobody', async () => {
        const { rows } = await ask([...NOBODY, started.having[read]]);
        expect(rows.slice(0, -1)).toEqual(NOBODY.map(() => null));
        expect(rows.at(-1)?.length).toBeGreaterThan(0);
      });
    });

    test('somebody known by sealed records only is not known in the other categories', async () => {
      const { source, sealedOnly } = started;
      const [reintegration, ...others] = await Promise.all([
        source.reintegrationOf([sealedOnly]),
        source.legalAidOf([sealedOnly]),
        source.mediationOf([sealedOnly]),
      ]);
      expect(reintegration.rows[0]?.length).toBeGreaterThan(0);
      expect(reintegration.rows[0]?.every(({ sealed }) => sealed)).toBe(true);
      expect(others.map(({ rows }) => rows)).toEqual([[null], [null]]);
    });
  });
}
