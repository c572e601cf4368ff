import { expect, test } from '@jest/globals';
import type { SharedReferral } from '../access/shared-facts.ts';
import { NOW } from '../person-fixtures.ts';
import { hubWithLog, looked } from './own-log.fixture.ts';

const HOUR = 3_600_000;
const at = (ms: number) => new Date(NOW + ms).toISOString();
const onEmergency: SharedReferral = {
  id: 'crisis',
  recipients: [],
  categories: ['health:visits'],
  acceptedAt: at(-HOUR),
  finishedAt: null,
  endedAt: null,
  consentId: null,
  until: at(HOUR),
};
const shown = (basis: string, ground: string) => ({ shown: { 'health:visits': { basis, ground } } });

test.each([
  ['by the referral', looked('a', {}, shown('REFERRAL', 'referral:crisis')), [0, 1]],
  ['by who joined the team on it', looked('a', {}, shown('CARE_TEAM', 'referral:crisis')), [0, 1]],
  ['at referrals', looked('a', { coordinates: [['Query.referrals', 'Referral.id']] }, { shown: {} }), [0, 1]],
  ['by another referral', looked('a', {}, shown('REFERRAL', 'referral:other')), [1, 1]],
] as const)('of a referral on an emergency the log tells after its end: a look %s', async (_, record, expected) => {
  const sharedFacts = { ofPersons: async () => [{ referrals: [onEmergency], reports: [] }] };
  const hub = await hubWithLog({ sharedFacts });
  await hub.write(record);
  const told = async () => (await hub.log()).edges.length;
  const running = await told();
  hub.clock.now += HOUR;
  expect([running, await told()]).toEqual(expected);
  await hub.close();
});
