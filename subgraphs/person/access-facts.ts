import type { Store } from '../../adapters/store/port.ts';
import type { AccessFacts, AccessQuestion, EmergencyFact } from './access/access-question.ts';
import { EMERGENCY_SCOPE } from './access/basis-rules.ts';
import { PURPOSE_BASES } from './access/purpose-bases.ts';
import type { SharedFacts } from './access/shared-facts.ts';
import { openEmergency } from './emergency/begin-emergency.ts';
import type { EmergencySpool } from './emergency/emergency-spool.ts';
import type { StoredPerson } from './person.ts';

interface FactSources {
  readonly store: Store;
  readonly sharedFacts: SharedFacts;
  readonly emergencySpool: Pick<EmergencySpool, 'waiting'>;
  readonly now: () => number;
}

/** What a decision needs to know of these persons, in their order, read in one batch. */
export async function accessFacts(
  sources: FactSources,
  question: Pick<AccessQuestion, 'caller' | 'purpose'>,
  persons: readonly StoredPerson[],
): Promise<readonly AccessFacts[]> {
  const ids = persons.map(({ id }) => id);
  const { sharedFacts } = sources;
  const [shared, emergencies] = await Promise.all([
    sharedFacts.ofPersons(ids),
    Promise.all(ids.map((id) => emergenciesOf(sources, question, id))),
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
  { store, emergencySpool, now }: FactSources,
  { caller, purpose }: Pick<AccessQuestion, 'caller' | 'purpose'>,
  personId: string,
): Promise<readonly EmergencyFact[]> {
  if (!PURPOSE_BASES[purpose].includes('EMERGENCY') || !caller.scopes.includes(EMERGENCY_SCOPE)) return [];
  const open = await openEmergency(store, emergencySpool, { personId, subject: caller.subject, now: now() });
  return open === null ? [] : [{ id: open.id, subject: open.data.subject, from: open.data.from, to: open.data.to }];
}
