/** Education in memory, for tests of what stands on the port. */
import { type ByLocalId, type FakeRegister, fakeSource } from '../shared/fake-source.fixture.ts';
import type { CounsellingService, EducationAssessment, EducationSource, Enrolment, ProtectionCase } from './port.ts';

export interface FakeEducationRows extends FakeRegister {
  readonly enrolment?: ByLocalId<Enrolment>;
  readonly counselling?: ByLocalId<CounsellingService>;
  readonly assessment?: ByLocalId<EducationAssessment>;
  readonly protection?: ByLocalId<ProtectionCase>;
}

export function fakeEducationSource(rows: FakeEducationRows = {}): EducationSource {
  const { read, ...source } = fakeSource('education', rows);
  return {
    ...source,
    enrolmentOf: read(rows.enrolment),
    counsellingOf: read(rows.counselling),
    assessmentOf: read(rows.assessment),
    protectionOf: read(rows.protection),
  };
}
