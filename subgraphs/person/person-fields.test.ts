import { NO_FACTS } from './access/access-question.ts';
import { expect, test } from '@jest/globals';
import type { Guardianship } from './guardianship/guardianship.ts';
import { personFields, type ShownPerson } from './person-fields.ts';
import { acting, member, NOW, OTHER_DISTRICT, person } from './person-fixtures.ts';
import type { Person } from './person.ts';

const shown = (changes: Partial<Person>): ShownPerson => ({
  person: { id: 'p1', version: 1, data: person(changes) },
  access: { visible: true, departments: [], standings: [], crossesJurisdiction: false },
  facts: { ...NO_FACTS, ...person(changes), personId: 'p1' },
});
const context = { request: acting(), reads: { now: () => NOW } };
const mother: Omit<Guardianship, 'guardianId'> = {
  kind: 'PARENT',
  ward: 'MINOR',
  evidence: 'e',
  from: '2011-03-05',
  to: null,
  suspended: false,
  suspensions: [],
};

test('the care team is that of today, within the jurisdiction, on grounds that stand', () => {
  const careTeam = [
    member({ role: 'now' }),
    member({ role: 'left', to: '2026-11-19' }),
    member({ role: 'ground gone', ground: { kind: 'CONSENT', consentId: 'withdrawn' } }),
    member({ role: 'elsewhere', division: OTHER_DISTRICT }),
  ];
  expect(personFields.careTeam(shown({ careTeam }), {}, context).map(({ role }) => role)).toEqual(['now']);
});

test('guardianships are those from which rights follow today: a suspicion shows to nobody', () => {
  const guardianships = [
    { ...mother, guardianId: 'mother' },
    { ...mother, guardianId: 'former', to: '2026-11-19' },
    { ...mother, guardianId: 'suspect', suspended: true },
  ];
  expect(personFields.guardianships(shown({ guardianships }), {}, context).map(({ guardianId }) => guardianId)).toEqual(
    ['mother'],
  );
});
