import { expect, test } from '@jest/globals';
import { membersInForce } from './care-team.ts';
import { consent, member, NOW, OTHER_DISTRICT } from './person-fixtures.ts';

const byConsent = member({ ground: { kind: 'CONSENT', consentId: 'consent-1' } });
const toTheTeam = consent({
  recipients: [{ department: null, organisation: null, team: 'care-team-1', division: '990101' }],
});

test.each([
  ['by a statutory duty', [member()], [], 1],
  ['by a consent', [byConsent], [toTheTeam], 1],
  ['by a consent that is withdrawn', [byConsent], [{ ...toTheTeam, withdrawnAt: '2026-11-01T00:00:00Z' }], 0],
  ['by a consent that is over', [byConsent], [{ ...toTheTeam, to: '2026-11-01T00:00:00Z' }], 0],
  ['by a consent that is not there', [byConsent], [], 0],
  ['until yesterday', [member({ to: '2026-11-19' })], [], 0],
  ['from tomorrow', [member({ from: '2026-11-21' })], [], 0],
  ['in another district', [member({ division: OTHER_DISTRICT })], [], 1],
])('a member %s', (_, careTeam, consents, expected) => {
  expect(membersInForce({ careTeam, consents }, NOW)).toHaveLength(expected);
});
