/** Changes of referrals for tests: a document that stands for a referral, saved with its event. */
import { z } from 'zod';
import { defineCollection, type Store } from '../../../adapters/store/port.ts';
import type { Caller } from '../../shared/caller.ts';
import type { Party } from '../party.ts';
import { type ReferralChange, referralChange } from './referral-change.ts';

export const SCHOOL: Party = { department: 'EDUCATION', organisation: 'school', division: '990101001' };
export const CLINIC: Party = { department: 'HEALTH', organisation: 'clinic', division: '990101' };
export const COMMITTEE: Party = { department: null, organisation: 'committee', division: '990101001001' };

const sketches = defineCollection({
  name: 'referral-sketch',
  schema: z.object({}),
  keys: () => [],
  indexes: {},
});

type Told = Partial<Omit<ReferralChange, 'referralId' | 'version'>>;

/** The next change of a referral; the event's id is `<referral>/<version>`. */
export async function changed(store: Store, referralId: string, told: Told = {}): Promise<string> {
  const version = ((await store.load(sketches, referralId))?.version ?? 0) + 1;
  return changedTo(store, { referralId, version }, told);
}

/** The same where the version is known, in one step. */
export async function changedTo(
  store: Pick<Store, 'save'>,
  { referralId, version }: { referralId: string; version: number },
  told: Told = {},
): Promise<string> {
  const id = `${referralId}/${version}`;
  const event = referralChange(id, {
    referralId,
    version,
    kind: 'SERVICE',
    change: 'CREATE',
    state: 'REQUESTED',
    at: '2026-03-02T01:00:00.000Z',
    parties: [SCHOOL, CLINIC],
    ...told,
  });
  await store.save(sketches, { id: referralId, data: {}, expectedVersion: version - 1, events: [event] });
  return id;
}

/** The system of the health department of the district; of whatever else where it says so. */
export function callerOf(differs: Partial<Caller> = {}): Caller {
  return {
    subject: 'service-account-health-system',
    client: 'health-system',
    organisation: 'health-bureau',
    department: 'HEALTH',
    division: '990101',
    roles: ['department-system'],
    scopes: ['referral:read', 'referral:write', 'webhook:write'],
    purposes: ['REFERRAL'],
    personId: null,
    ...differs,
  };
}
