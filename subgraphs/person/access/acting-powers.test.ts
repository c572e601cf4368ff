import { expect, test } from '@jest/globals';
import type { Caller, PurposeOfUse } from '../../shared/caller.ts';
import { consent, DISTRICT, link, member, NOW } from '../person-fixtures.ts';
import { decide } from './access-fixtures.ts';
import type { AccessFacts } from './access-question.ts';
import { mayAct } from './acting-powers.ts';

const at = (ms: number) => new Date(ms).toISOString();
const recipients = [{ department: 'HEALTH', organisation: null, team: null, division: DISTRICT }];
const shared = { id: 's', recipients, categories: ['education:enrolment'] };
const byConsent = member({
  ground: { kind: 'CONSENT', consentId: 'consent-1' },
  categories: ['education:counselling'],
});
const emergencies = [{ id: 'e', subject: 'worker-1', from: at(NOW - 1), to: at(NOW + 1) }];
const team = [{ department: null, organisation: 'district-hospital', team: 'care-team-1', division: DISTRICT }];

const ROWS: readonly (readonly [string, Partial<AccessFacts>, PurposeOfUse, readonly string[], Partial<Caller>?])[] = [
  ['the own record', { links: [link()] }, 'CARE', ['records', 'guardians']],
  [
    'the own record, without a scope for any category',
    { links: [link()] },
    'CARE',
    ['records', 'guardians'],
    { scopes: [] },
  ],
  ['a statutory duty', { careTeam: [member()] }, 'CARE', ['records', 'guardians']],
  ['a care team by consent', { careTeam: [byConsent], consents: [consent({ recipients: team })] }, 'CARE', ['records']],
  ['a consent', { consents: [consent()] }, 'CARE', ['records']],
  [
    'a referral',
    {
      referrals: [
        { ...shared, acceptedAt: at(NOW - 1), finishedAt: null, endedAt: null, consentId: null, until: null },
      ],
    },
    'CARE',
    ['records'],
  ],
  [
    'a report',
    { reports: [{ ...shared, from: at(NOW - 1), to: null, suspects: [] }] },
    'MANDATORY_REPORTING',
    ['records', 'guardians'],
  ],
  ['an emergency', { emergencies }, 'CRISIS_RESPONSE', []],
  ['an emergency beside the own record', { emergencies, links: [link()] }, 'CRISIS_RESPONSE', ['records', 'guardians']],
  [
    'an emergency beside a consent',
    { emergencies, consents: [consent({ purposes: ['CRISIS_RESPONSE'] })] },
    'CRISIS_RESPONSE',
    ['records'],
  ],
  ['the person', {}, 'SELF_ACCESS', [], { personId: 'person-1' }],
];

test.each(ROWS)('%s', (_, facts, purpose, powers, caller = {}) => {
  const scopes = ['education:enrolment:read', 'emergency:access'];
  const decision = decide(facts, { caller: { scopes, ...caller }, purpose });
  expect(decision.visible).toBe(true);
  expect((['records', 'guardians'] as const).filter((power) => mayAct(decision, power))).toEqual(powers);
});
