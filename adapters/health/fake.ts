/** Health in memory, for tests of what stands on the port. */
import { type ByLocalId, type FakeRegister, fakeSource } from '../shared/fake-source.fixture.ts';
import type {
  Diagnosis,
  HealthAssessment,
  HealthFollowUp,
  HealthMedication,
  HealthSource,
  Rehabilitation,
  Visit,
} from './port.ts';

export interface FakeHealthRows extends FakeRegister {
  readonly visits?: ByLocalId<Visit>;
  readonly diagnoses?: ByLocalId<Diagnosis>;
  readonly assessment?: ByLocalId<HealthAssessment>;
  readonly followUp?: ByLocalId<HealthFollowUp>;
  readonly medication?: ByLocalId<HealthMedication>;
  readonly rehabilitation?: ByLocalId<Rehabilitation>;
}

export function fakeHealthSource(rows: FakeHealthRows = {}): HealthSource {
  const { read, ...source } = fakeSource('health', rows);
  return {
    ...source,
    visitsOf: read(rows.visits),
    diagnosesOf: read(rows.diagnoses),
    assessmentOf: read(rows.assessment),
    followUpOf: read(rows.followUp),
    medicationOf: read(rows.medication),
    rehabilitationOf: read(rows.rehabilitation),
  };
}
