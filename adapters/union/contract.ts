/** What every source of the trade union must do, the fake and the one that signs its requests. Test support. */
import { describeDepartmentSource, namesOf, type RowShapes, type SourceUnderTest } from '../shared/source.contract.ts';
import type { UnionSource } from './port.ts';

/** There is no employer among them, and nothing of what was said. */
const ROWS = {
  employeeAssistanceOf: { programme: 'text', provider: 'text', opened: 'date', sessions: 'number', lastDate: 'date' },
  hardshipAidOf: {
    kind: ['LIVING', 'MEDICAL', 'SCHOOLING', 'EMPLOYMENT', 'OTHER'],
    kindCode: 'text',
    kindDisplay: 'text',
    amountCny: 'number',
    date: 'date',
    organisation: 'text',
  },
  workplaceMediationOf: {
    kind: 'text',
    stage: ['ACCEPTED', 'IN_PROGRESS', 'AGREED', 'FAILED', 'WITHDRAWN', 'OTHER'],
    stageCode: 'text',
    opened: 'date',
    agreementDate: 'date',
    committee: 'text',
  },
} as const satisfies RowShapes<UnionSource>;

export const UNION_READS = namesOf(ROWS);

export function describeUnionSource(name: string, start: () => Promise<SourceUnderTest<UnionSource>>): void {
  describeDepartmentSource(name, { rows: ROWS }, start);
}
