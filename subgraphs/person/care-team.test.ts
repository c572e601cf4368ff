import { expect, test } from '@jest/globals';
import { membersInForce } from './care-team.ts';
import { consent, member, NOW, OTHER_DISTRICT } from './person-fixtures.ts';

const byConsent = member({ ground: { kind: 'CONSENT', consentId: 'consent-1' } });
const toTheTeam = consent({
  recipients: [{ department: null, organisation: null, team: 'care-team-1', division: '990101' }],
});

const byReferral = member({ ground: { kind: 'REFERRAL', referralId: 'r' } });
const referral = {
  id: 'r',
  recipients: [],
  categories: ['health:visits'],
  acceptedAt: '2026-11-01T00:00:00Z',
  finishedAt: null,
  endedAt: null,
  consentId: null,
  until: null,
};
test.each([
  ['by a statutory duty', [member()], [], 1],
  ['by a consent', [byConsent], [toTheTeam], 1],
  ['by a consent that is withdrawn', [byConsent], [{ ...toTheTeam, withdrawnAt: '2026-11-01T00:00:00Z' }], 0],
  ['by a consent that is over', [byConsent], [{ ...toTheTeam, to: '2026-11-01T00:00:00Z' }], 0],
  ['by a consent that is not there', [byConsent], [], 0],
  ['until yesterday', [member({ to: '2026-11-19' })], [], 0],
  ['from tomorrow', [member({ from: '2026-11-21' })], [], 0],
  ['in another district', [member({ division: OTHER_DISTRICT })], [], 1],
  ['by a referral that shares', [byReferral], [], 1, [referral]],
  ['by a referral that was not accepted', [byReferral], [], 0, [{ ...referral, acceptedAt: null }]],
  ['by a referral that broke off', [byReferral], [], 0, [{ ...referral, endedAt: '2026-11-01T00:00:00Z' }]],
  ['by a referral that is not there', [byReferral], [], 0],
])('a member %s', (_, careTeam, consents, expected, referrals = []) => {
  expect(membersInForce({ careTeam, consents, referrals }, NOW)).toHaveLength(expected);
});
