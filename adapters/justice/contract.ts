/** What every source of justice must do, the fake and the one that speaks SQL. Test support. */
import { expect, test } from '@jest/globals';
import { describeDepartmentSource, namesOf, type RowShapes, type SourceUnderTest } from '../shared/source.contract.ts';
import type { JusticeSource } from './port.ts';

const ROWS = {
  legalAidOf: {
    kind: ['ADVICE', 'DRAFTING', 'CRIMINAL', 'CIVIL', 'DUTY_LAWYER', 'LABOUR', 'OTHER'],
    kindCode: 'text',
    kindDisplay: 'text',
    stage: ['APPLIED', 'GRANTED', 'REFUSED', 'IN_PROGRESS', 'CLOSED', 'TERMINATED', 'OTHER'],
    stageCode: 'text',
    opened: 'date',
    decidedOn: 'date',
    closed: 'date',
    organisation: 'text',
    sealed: 'flag',
  },
  mediationOf: {
    kind: 'text',
    kindCode: 'text',
    kindDisplay: 'text',
    committee: 'text',
    stage: ['ACCEPTED', 'IN_PROGRESS', 'AGREED', 'NOT_AGREED', 'WITHDRAWN', 'OTHER'],
    stageCode: 'text',
    opened: 'date',
    agreementDate: 'date',
  },
  reintegrationOf: { from: 'date', to: 'date', worker: 'text', organisation: 'text', sealed: 'flag' },
} as const satisfies RowShapes<JusticeSource>;

export const JUSTICE_READS = namesOf(ROWS);

interface JusticeUnderTest extends SourceUnderTest<JusticeSource> {
  /** Somebody known by sealed records only; none of `knownIds`. */
  readonly sealedOnly: string;
}

export function describeJusticeSource(name: string, start: () => Promise<JusticeUnderTest>): void {
  const own = (it: () => JusticeUnderTest) => {
    test('somebody known by sealed records only is not known in the other categories', async () => {
      const { source, sealedOnly } = it();
      const answers: readonly (readonly object[] | null | undefined)[] = await Promise.all([
        source.legalAidOf([sealedOnly]).then(({ rows }) => rows[0]),
        source.mediationOf([sealedOnly]).then(({ rows }) => rows[0]),
        source.reintegrationOf([sealedOnly]).then(({ rows }) => rows[0]),
      ]);
      expect(answers.some((rows) => rows !== null)).toBe(true);
      // No empty list: it would tell of the rest.
      expect(answers.flatMap((rows) => (rows?.length === 0 ? ['known, without rows'] : []))).toEqual([]);
      expect(answers.flatMap((rows) => rows ?? []).every((row) => 'sealed' in row && row.sealed)).toBe(true);
      expect(answers[1]).toBeNull();
    });
  };
  describeDepartmentSource(name, { rows: ROWS, own }, start);
}
