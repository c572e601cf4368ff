import type { Store } from '../../adapters/store/port.ts';
import type { AccessFacts, AccessQuestion, EmergencyFact } from './access/access-question.ts';
import { EMERGENCY_SCOPE } from './access/basis-rules.ts';
import { PURPOSE_BASES } from './access/purpose-bases.ts';
import type { SharedFacts } from './access/shared-facts.ts';
import { bearerKey, emergencyAccesses } from './emergency/emergency-access.ts';
import type { StoredPerson } from './person.ts';

interface FactSources {
  readonly store: Store;
  readonly sharedFacts: SharedFacts;
}

const MAX_EMERGENCIES = 50;

/** What a decision needs to know of these persons, in their order, read in one batch. */
export async function accessFacts(
  { store, sharedFacts }: FactSources,
  question: Pick<AccessQuestion, 'caller' | 'purpose'>,
  persons: readonly StoredPerson[],
): Promise<readonly AccessFacts[]> {
  const ids = persons.map(({ id }) => id);
  const [shared, emergencies] = await Promise.all([
    sharedFacts.ofPersons(ids),
    Promise.all(ids.map((id) => emergenciesOf(store, question, id))),
  ]);
  return persons.map(({ id, data }, i) => {
    const { referrals, reports } = shared[i] ?? { referrals: [], reports: [] };
    const { birthDate, links, guardianships, careTeam, consents } = data;
    const own = { personId: id, birthDate, links, guardianships, careTeam, consents };
    return { ...own, emergencies: emergencies[i] ?? [], referrals, reports };
  });
}

/** Read only where they could count: for most requests there is nothing to look for. */
async function emergenciesOf(
  store: Store,
  { caller, purpose }: Pick<AccessQuestion, 'caller' | 'purpose'>,
  personId: string,
): Promise<readonly EmergencyFact[]> {
  if (!PURPOSE_BASES[purpose].includes('EMERGENCY') || !caller.scopes.includes(EMERGENCY_SCOPE)) return [];
  const value = bearerKey(personId, caller.subject);
  const { items } = await store.page(emergencyAccesses, { index: 'byBearer', value, first: MAX_EMERGENCIES });
  return items.map(({ id, data: { subject, from, to } }) => ({ id, subject, from, to }));
}
