import { expect, test } from '@jest/globals';
import { isHospital, mayHaveDepartment, mayReceive, type OrganisationKind } from './organisation-kinds.ts';

test.each<[OrganisationKind, { receives: boolean; department: boolean; hospital: boolean }]>([
  ['PETITION_RECEPTION', { receives: false, department: false, hospital: false }],
  ['OFFICE', { receives: false, department: false, hospital: false }],
  ['POLICE', { receives: true, department: false, hospital: false }],
  ['VILLAGE_COMMITTEE', { receives: true, department: false, hospital: false }],
  ['HOSPITAL', { receives: true, department: true, hospital: true }],
  ['SCHOOL', { receives: true, department: true, hospital: false }],
])('%s: %o', (kind, expected) => {
  const found = { receives: mayReceive(kind), department: mayHaveDepartment(kind), hospital: isHospital(kind) };
  expect(found).toEqual(expected);
});
