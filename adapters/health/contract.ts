import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isPartialDate } from '../shared/partial-date.ts';
import { describeDepartmentSource, type SourceUnderTest } from '../shared/source.contract.ts';
import type { HealthSource } from './port.ts';

/** The fields of each category's rows, and those among them that are dates. */
const CATEGORIES = {
  visitsOf: { fields: ['date', 'end', 'class', 'status', 'service', 'organisation'], dates: ['date', 'end'] },
  diagnosesOf: {
    fields: [
      'system',
      'code',
      'display',
      'otherCodings',
      'clinicalStatus',
      'verification',
      'onset',
      'recorded',
      'organisation',
    ],
    dates: ['onset', 'recorded'],
  },
  assessmentOf: {
    fields: ['instrument', 'instrumentCode', 'instrumentSystem', 'date', 'level', 'organisation'],
    dates: ['date'],
  },
  followUpOf: {
    fields: ['plan', 'status', 'interval', 'from', 'to', 'last', 'nextDue', 'worker', 'organisation'],
    dates: ['from', 'to', 'last', 'nextDue'],
  },
  medicationOf: {
    fields: ['display', 'code', 'system', 'dosage', 'status', 'date', 'to', 'organisation'],
    dates: ['date', 'to'],
  },
  rehabilitationOf: { fields: ['programme', 'station', 'status', 'from', 'to'], dates: ['from', 'to'] },
} as const satisfies Partial<Record<keyof HealthSource, { fields: readonly string[]; dates: readonly string[] }>>;

export type HealthRead = keyof typeof CATEGORIES;
export const HEALTH_READS = Object.keys(CATEGORIES) as HealthRead[];

export interface StartedHealth extends Omit<SourceUnderTest, 'reads'> {
  readonly source: HealthSource;
  /** Local ids that between them have rows in every category. */
  readonly having: readonly string[];
}

/** What holds for every source of health, the fake and the one that speaks FHIR. */
export function describeHealthSource(name: string, start: () => Promise<StartedHealth>): void {
  describeDepartmentSource(name, async () => {
    const started = await start();
    return { ...started, reads: Object.fromEntries(HEALTH_READS.map((read) => [read, started.source[read]])) };
  });

  describe(`${name} keeps the promises of health`, () => {
    let started: StartedHealth;
    beforeAll(async () => {
      started = await start();
    });
    afterAll(async () => {
      await started.source.close();
      await started.close?.();
    });

    describe.each(HEALTH_READS)('%s', (read) => {
      const rowsOf = async () => {
        const { rows } = await started.source[read](started.having);
        return rows.flatMap((own): readonly object[] => own ?? []).map((row) => Object.entries(row));
      };

      test('rows have the fields of the port and no others', async () => {
        const rows = await rowsOf();
        expect(rows.length).toBeGreaterThan(0);
        for (const row of rows) {
          expect(row.map(([field]) => field).toSorted()).toEqual([...CATEGORIES[read].fields].toSorted());
        }
      });

      test('dates are FHIR dates or absent', async () => {
        const isDate = (field: string) => CATEGORIES[read].dates.some((date) => date === field);
        const wrong = (await rowsOf())
          .flat()
          .filter(([field, value]) => isDate(field) && value !== null && !isPartialDate(String(value)));
        expect(wrong).toEqual([]);
      });

      test('no number comes through: a level is a word, a score has no place', async () => {
        for (const [field, value] of (await rowsOf()).flat()) expect([field, typeof value]).not.toContain('number');
      });
    });
  });
}
