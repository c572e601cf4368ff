/** What every source of education must do, the fake and the one that speaks REST. Test support. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isPartialDate } from '../shared/partial-date.ts';
import { describeDepartmentSource, type SourceUnderTest } from '../shared/source.contract.ts';
import type { EducationSource } from './port.ts';

const ENROLMENT = ['ENROLLED', 'ON_LEAVE', 'TRANSFERRED', 'GRADUATED', 'DROPPED_OUT', 'OTHER'];
/** The fields of each category's rows: dates, words of a closed set, and the only text and numbers there are. */
const CATEGORIES = {
  enrolmentOf: {
    dates: ['from', 'to'],
    sets: { status: ENROLMENT },
    texts: ['school', 'grade', 'class'],
    numbers: [],
  },
  counsellingOf: {
    dates: ['opened', 'lastDate'],
    sets: { kind: ['INDIVIDUAL', 'GROUP', 'FAMILY', 'CRISIS', 'OTHER'] },
    texts: ['organisation'],
    numbers: ['sessions'],
  },
  assessmentOf: {
    dates: ['date'],
    sets: { level: ['NONE', 'MILD', 'MODERATE', 'SEVERE', 'OTHER'] },
    texts: ['instrument'],
    numbers: [],
  },
  protectionOf: {
    dates: ['opened'],
    sets: { kind: ['BULLYING', 'DROP_OUT', 'OTHER'], status: ['OPEN', 'CLOSED', 'OTHER'] },
    texts: [],
    numbers: [],
  },
} as const satisfies Partial<Record<keyof EducationSource, CategoryShape>>;

interface CategoryShape {
  readonly dates: readonly string[];
  readonly sets: Readonly<Record<string, readonly string[]>>;
  readonly texts: readonly string[];
  readonly numbers: readonly string[];
}

export type EducationRead = keyof typeof CATEGORIES;
export const EDUCATION_READS = Object.keys(CATEGORIES) as EducationRead[];

export interface StartedEducation extends Omit<SourceUnderTest, 'reads'> {
  readonly source: EducationSource;
  /** Local ids that between them have rows in every category. */
  readonly having: readonly string[];
}

export function describeEducationSource(name: string, start: () => Promise<StartedEducation>): void {
  describeDepartmentSource(name, async () => {
    const started = await start();
    return { ...started, reads: Object.fromEntries(EDUCATION_READS.map((read) => [read, started.source[read]])) };
  });

  describe(`${name} keeps the promises of education`, () => {
    let started: StartedEducation;
    beforeAll(async () => {
      started = await start();
    });
    afterAll(async () => {
      await started.source.close();
      await started.close?.();
    });

    describe.each(EDUCATION_READS)('%s', (read) => {
      const shape: CategoryShape = CATEGORIES[read];
      const rowsOf = async () => {
        const { rows } = await started.source[read](started.having);
        return rows.flatMap((own): readonly object[] => own ?? []).map((row) => Object.entries(row));
      };

      test('rows have the fields of the port and no others', async () => {
        const fields = [...shape.dates, ...Object.keys(shape.sets), ...shape.texts, ...shape.numbers].toSorted();
        const rows = await rowsOf();
        expect(rows.length).toBeGreaterThan(0);
        for (const row of rows) expect(row.map(([field]) => field).toSorted()).toEqual(fields);
      });

      test('dates are FHIR dates or absent', async () => {
        const dates = (await rowsOf()).flat().filter(([field, value]) => shape.dates.includes(field) && value !== null);
        expect(dates.filter(([, value]) => !isPartialDate(String(value)))).toEqual([]);
      });

      test('codes are words of their set', async () => {
        const outside = ([field, value]: [string, unknown]) =>
          field in shape.sets && !shape.sets[field]?.some((word) => word === value);
        expect((await rowsOf()).flat().filter(outside)).toEqual([]);
      });

      test('no number comes through but the number of sessions: a score has no place', async () => {
        const numbers = (await rowsOf()).flat().filter(([, value]) => typeof value === 'number');
        expect(new Set([...numbers.map(([field]) => field), ...shape.numbers])).toEqual(new Set(shape.numbers));
      });
    });

    test('numbers that look like one another’s are not: case, width and space count', async () => {
      const [known] = started.knownIds;
      for (const alike of [known.toLowerCase(), `\u3000${known}`, known.replaceAll(/\d/g, wide), `${known}\u0000`]) {
        for (const read of EDUCATION_READS) expect((await started.source[read]([alike])).rows).toEqual([null]);
      }
    });
  });
}

const wide = (digit: string) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0);
