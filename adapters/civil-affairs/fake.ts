/** Civil affairs in memory, for tests of what stands on the port. */
import { type ByLocalId, type FakeRegister, fakeSource } from '../shared/fake-source.fixture.ts';
import type { Assistance, ChildWelfare, CivilAffairsSource, ElderlyCare, FamilyGuidance } from './port.ts';

export interface FakeCivilAffairsRows extends FakeRegister {
  readonly assistance?: ByLocalId<Assistance>;
  readonly childWelfare?: ByLocalId<ChildWelfare>;
  readonly elderlyCare?: ByLocalId<ElderlyCare>;
  readonly familyGuidance?: ByLocalId<FamilyGuidance>;
}

export function fakeCivilAffairsSource(rows: FakeCivilAffairsRows = {}): CivilAffairsSource {
  const { read, ...source } = fakeSource('civil-affairs', rows);
  return {
    ...source,
    assistanceOf: read(rows.assistance),
    childWelfareOf: read(rows.childWelfare),
    elderlyCareOf: read(rows.elderlyCare),
    familyGuidanceOf: read(rows.familyGuidance),
  };
}
