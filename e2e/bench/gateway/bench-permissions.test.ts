import { expect, test } from '@jest/globals';
import { benchPermissions } from './bench-permissions.ts';

const table = benchPermissions();

test.each([
  ['Query.person', 'HUB', []],
  ['Query.referral', 'HUB', [['referral:read']]],
  ['Person.maskedName', 'HUB', []],
  ['Person.civilAffairs', 'DERIVED', [['civil-affairs:assistance:read'], ['civil-affairs:guidance:read']]],
  ['HealthFacet.asOf', 'DERIVED', []],
  ['HealthFacet.visits', 'health:visits', [['health:visits:read']]],
  ['Visit.specialty', 'health:visits', []],
  ['Specialty.code', 'health:visits', []],
  ['Lawyer.firm', 'justice:legal-aid', []],
])('%s is %s', (coordinate, classification, scopes) => {
  expect(table[coordinate]).toEqual({ classification, scopes });
});
