import { NO_FACTS } from './access/access-question.ts';
import { expect, test } from '@jest/globals';
import type { Guardianship } from './guardianship/guardianship.ts';
import { personFields, type ShownPerson } from './person-fields.ts';
import { acting, member, NOW, OTHER_DISTRICT, person } from './person-fixtures.ts';
import type { Person } from './person.ts';
import type { SharedReferral } from './access/shared-facts.ts';

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

const sharedReferral = (changes: Partial<SharedReferral>): SharedReferral => ({
  id: 'r',
  recipients: [],
  categories: [],
  acceptedAt: '2026-11-01T00:00:00Z',
  finishedAt: null,
  endedAt: null,
  consentId: null,
  until: null,
  ...changes,
});

test('the care team is that of today, within the jurisdiction, on grounds that stand', () => {
  const careTeam = [
    member({ role: 'now' }),
    member({ role: 'left', to: '2026-11-19' }),
    member({ role: 'ground gone', ground: { kind: 'CONSENT', consentId: 'withdrawn' } }),
    member({ role: 'elsewhere', division: OTHER_DISTRICT }),
  ];
  expect(personFields.careTeam(shown({ careTeam }), {}, context).map(({ role }) => role)).toEqual(['now']);
});

test('the person, whose token has no division, sees the whole team, but nobody whom a running emergency brought in', () => {
  const byReferral = (id: string) => ({ kind: 'REFERRAL' as const, referralId: id });
  const careTeam = [
    member({ role: 'here' }),
    member({ role: 'elsewhere', division: OTHER_DISTRICT }),
    member({ role: 'by consent', ground: byReferral('on-consent') }),
    member({ role: 'in an emergency', ground: byReferral('on-emergency') }),
  ];
  const onEmergency = sharedReferral({ id: 'on-emergency', until: '2026-11-20T06:00:00Z' });
  const person = shown({ careTeam });
  const facts = { ...person.facts, referrals: [onEmergency, sharedReferral({ id: 'on-consent', consentId: null })] };
  const self = { ...context, request: acting({ personId: 'p1', department: null, division: null }) };
  const seen = (by: Pick<typeof context, 'request'>) =>
    personFields.careTeam({ ...person, facts }, {}, { ...context, ...by }).map(({ role }) => role);
  expect(seen(self)).toEqual(['here', 'elsewhere', 'by consent']);
  expect(seen(context)).toEqual(['here', 'by consent', 'in an emergency']);
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
