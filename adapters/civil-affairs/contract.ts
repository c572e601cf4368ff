/** What every source of civil affairs must do, the fake and the one that speaks SOAP. Test support. */
import { describeDepartmentSource, namesOf, type RowShapes, type SourceUnderTest } from '../shared/source.contract.ts';
import type { CivilAffairsSource } from './port.ts';

const ROWS = {
  assistanceOf: {
    kind: ['SUBSISTENCE_ALLOWANCE', 'EXTREME_POVERTY_SUPPORT', 'TEMPORARY_RELIEF', 'MEDICAL_ASSISTANCE', 'OTHER'],
    kindCode: 'text',
    kindDisplay: 'text',
    amountCny: 'number',
    payment: ['MONTHLY', 'ONCE', null],
    from: 'date',
    to: 'date',
    organisation: 'text',
  },
  childWelfareOf: {
    category: ['CHILD_IN_DIFFICULTY', 'ORPHAN', 'DE_FACTO_UNSUPPORTED', 'LEFT_BEHIND', 'OTHER'],
    categoryCode: 'text',
    categoryDisplay: 'text',
    guardianName: 'text',
    guardianRelation: 'text',
    childDirector: 'text',
    childDirectorOrganisation: 'text',
    from: 'date',
    to: 'date',
  },
  elderlyCareOf: {
    abilityLevel: ['INTACT', 'MILD', 'MODERATE', 'SEVERE', 'COMPLETE', 'OTHER', null],
    abilityLevelCode: 'text',
    assessedOn: 'date',
    service: ['HOME_VISIT', 'HOME_CARE', 'DAY_CARE', 'MEALS', 'INSTITUTIONAL_CARE', 'OTHER'],
    serviceCode: 'text',
    serviceDisplay: 'text',
    organisation: 'text',
    from: 'date',
    to: 'date',
  },
  familyGuidanceOf: {
    kind: ['PREMARITAL', 'MARITAL', 'DIVORCE_COOLING_OFF', 'PARENT_AND_CHILD', 'OTHER'],
    kindCode: 'text',
    kindDisplay: 'text',
    opened: 'date',
    lastOn: 'date',
    sessions: 'number',
    status: ['ACTIVE', 'FINISHED', 'STOPPED', null],
    organisation: 'text',
  },
} as const satisfies RowShapes<CivilAffairsSource>;

export const CIVIL_AFFAIRS_READS = namesOf(ROWS);

export function describeCivilAffairsSource(
  name: string,
  start: () => Promise<SourceUnderTest<CivilAffairsSource>>,
): void {
  describeDepartmentSource(name, { rows: ROWS }, start);
}
