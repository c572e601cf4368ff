/** What every source of education must do, the fake and the one that speaks REST. Test support. */
import { expect, test } from '@jest/globals';
import { describeDepartmentSource, namesOf, type RowShapes, type SourceUnderTest } from '../shared/source.contract.ts';
import type { EducationSource } from './port.ts';

const ROWS = {
  enrolmentOf: {
    school: 'text',
    grade: 'text',
    class: 'text',
    status: ['ENROLLED', 'ON_LEAVE', 'TRANSFERRED', 'GRADUATED', 'DROPPED_OUT', 'OTHER'],
    from: 'date',
    to: 'date',
  },
  counsellingOf: {
    kind: ['INDIVIDUAL', 'GROUP', 'FAMILY', 'CRISIS', 'OTHER'],
    organisation: 'text',
    opened: 'date',
    sessions: 'number',
    lastDate: 'date',
  },
  assessmentOf: { instrument: 'text', date: 'date', level: ['NONE', 'MILD', 'MODERATE', 'SEVERE', 'OTHER'] },
  protectionOf: { kind: ['BULLYING', 'DROP_OUT', 'OTHER'], opened: 'date', status: ['OPEN', 'CLOSED', 'OTHER'] },
} as const satisfies RowShapes<EducationSource>;

export const EDUCATION_READS = namesOf(ROWS);

export function describeEducationSource(name: string, start: () => Promise<SourceUnderTest<EducationSource>>): void {
  const own = (it: () => SourceUnderTest<EducationSource>) => {
    test('numbers that look like one another’s are not: case, width and space count', async () => {
      const { source, knownIds } = it();
      const [known = ''] = knownIds;
      for (const alike of [known.toLowerCase(), `\u3000${known}`, known.replaceAll(/\d/g, wide)]) {
        for (const read of EDUCATION_READS) expect((await source[read]([alike])).rows).toEqual([null]);
      }
    });
  };
  describeDepartmentSource(name, { rows: ROWS, own }, start);
}

const wide = (digit: string) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0);
