/** What every source of the trade union must do, the fake and the one that signs its requests. Test support. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isPartialDate } from '../shared/partial-date.ts';
import { describeDepartmentSource, type SourceUnderTest } from '../shared/source.contract.ts';
import type { UnionSource } from './port.ts';

/** The fields of each category's rows, and those among them that are dates. */
const CATEGORIES = {
  employeeAssistanceOf: {
    fields: ['programme', 'provider', 'opened', 'sessions', 'lastDate'],
    dates: ['opened', 'lastDate'],
  },
  hardshipAidOf: {
    fields: ['kind', 'kindCode', 'kindDisplay', 'amountCny', 'date', 'organisation'],
    dates: ['date'],
  },
  workplaceMediationOf: {
    fields: ['kind', 'stage', 'stageCode', 'opened', 'agreementDate', 'committee'],
    dates: ['opened', 'agreementDate'],
  },
} as const satisfies Partial<Record<keyof UnionSource, { fields: readonly string[]; dates: readonly string[] }>>;

export type UnionRead = keyof typeof CATEGORIES;
export const UNION_READS = Object.keys(CATEGORIES) as UnionRead[];

export interface StartedUnion extends Omit<SourceUnderTest, 'reads'> {
  readonly source: UnionSource;
  /** Local ids that between them have rows in every category. */
  readonly having: readonly string[];
}

export function describeUnionSource(name: string, start: () => Promise<StartedUnion>): void {
  describeDepartmentSource(name, async () => {
    const started = await start();
    return { ...started, reads: Object.fromEntries(UNION_READS.map((read) => [read, started.source[read]])) };
  });

  describe(`${name} keeps the promises of the trade union`, () => {
    let started: StartedUnion;
    beforeAll(async () => {
      started = await start();
    });
    afterAll(async () => {
      await started.source.close();
      await started.close?.();
    });

    describe.each(UNION_READS)('%s', (read) => {
      const rowsOf = async () => {
        const { rows } = await started.source[read](started.having);
        return rows.flatMap((own): readonly object[] => own ?? []).map((row) => Object.entries(row));
      };

      test('rows have the fields of the port and no others: no employer, no talk', async () => {
        const rows = await rowsOf();
        expect(rows.length).toBeGreaterThan(0);
        for (const row of rows) {
          expect(row.map(([field]) => field).toSorted()).toEqual([...CATEGORIES[read].fields].toSorted());
        }
      });

      test('dates are FHIR dates or absent', async () => {
        const isDate = (field: string) => CATEGORIES[read].dates.some((date) => date === field);
        const dates = (await rowsOf()).flat().filter(([field, value]) => isDate(field) && value !== null);
        expect(dates.length).toBeGreaterThan(0);
        expect(dates.filter(([, value]) => !isPartialDate(String(value)))).toEqual([]);
      });
    });
  });
}
