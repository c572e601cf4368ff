/** The trade union in memory, for tests of what stands on the port. */
import { type ByLocalId, type FakeRegister, fakeSource } from '../shared/fake-source.fixture.ts';
import type { EmployeeAssistance, HardshipAid, UnionSource, WorkplaceMediation } from './port.ts';

export interface FakeUnionRows extends FakeRegister {
  readonly employeeAssistance?: ByLocalId<EmployeeAssistance>;
  readonly hardshipAid?: ByLocalId<HardshipAid>;
  readonly workplaceMediation?: ByLocalId<WorkplaceMediation>;
}

export function fakeUnionSource(rows: FakeUnionRows = {}): UnionSource {
  const { read, ...source } = fakeSource('union', rows);
  return {
    ...source,
    employeeAssistanceOf: read(rows.employeeAssistance),
    hardshipAidOf: read(rows.hardshipAid),
    workplaceMediationOf: read(rows.workplaceMediation),
  };
}
