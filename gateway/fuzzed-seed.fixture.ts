/** What the hub of the permission fuzz knows, and its subgraphs over that: wherever they run. Test support. */
import { calendarOf2026 } from '../adapters/calendar/calendar.fixture.ts';
import type { DepartmentSource } from '../adapters/shared/source.ts';
import type { Store } from '../adapters/store/port.ts';
import type { SealedText, Vault } from '../adapters/vault/port.ts';
import { fakeReceivers } from '../adapters/webhooks/fake.ts';
import { organisations } from '../subgraphs/directory/organisation.ts';
import { emergencyAccesses } from '../subgraphs/person/emergency/emergency-access.ts';
import { idNumberHash } from '../subgraphs/person/id-number-hash.ts';
import { personSubgraph } from '../subgraphs/person/person-subgraph.ts';
import { persons } from '../subgraphs/person/person.ts';
import { referralFacts } from '../subgraphs/referral/referral-facts.ts';
import { referralSubgraph } from '../subgraphs/referral/referral-subgraph.ts';
import { referrals } from '../subgraphs/referral/referral.ts';
import { sealFor } from '../subgraphs/referral/texts.ts';
import { referralEvents } from '../subgraphs/referral/timeline-events.ts';
import type { DepartmentModule } from '../subgraphs/shared/department-subgraph.ts';
import type { Subgraph, SubgraphModule, SubgraphServices } from '../subgraphs/shared/subgraph.ts';

export const PEPPER = 'a pepper for the fuzz, 32 characters';
const NO_JOBS = () => () => {};

/** A document as the store takes it; each collection checks its own. */
interface Seeded {
  readonly id: string;
  readonly data: object;
}

interface SeededReferral {
  readonly id: string;
  readonly personId: string;
  /** As they are read, by the place where each stands. They are sealed on the way in. */
  readonly texts: Readonly<Record<string, string>>;
  readonly data: (sealed: Readonly<Record<string, SealedText>>) => object;
}

/** What the hub knows before the first question. */
export interface FuzzedSeed {
  readonly now: number;
  readonly persons: readonly (Seeded & { readonly idNumber: string })[];
  readonly referrals: readonly SeededReferral[];
  readonly emergencies: readonly Seeded[];
  readonly organisations: readonly Seeded[];
  /** A department's records, by its slug. */
  readonly sources: Readonly<Record<string, DepartmentSource>>;
}

/** A module's subgraph at the instant of a seed: a department's over its records in memory, without jobs of its own. */
export async function seededSubgraph(
  module: SubgraphModule,
  services: SubgraphServices,
  { now: instant, sources }: FuzzedSeed,
): Promise<Subgraph> {
  const now = () => instant;
  const source = sources[module.name];
  if (source !== undefined) return createOver(module, source, services);
  if (module.name === 'person')
    return personSubgraph(services, { ...personParts(services.store(), now), now, every: NO_JOBS });
  return module.name === 'referral' ? referralsOf(services, now) : module.create(services);
}

const personParts = (store: Store, now: () => number) => ({
  sharedFacts: referralFacts(store, now),
  hubEvents: referralEvents(store, { now }),
});

const referralsOf = async (services: SubgraphServices, now: () => number) =>
  referralSubgraph(services, {
    calendar: calendarOf2026(),
    office: 'leading-group-office',
    sender: fakeReceivers(),
    idNumbers: { pepper: PEPPER, perMinute: 10_000 },
    now,
    every: NO_JOBS,
  });

type AnyDepartment = Pick<DepartmentModule<DepartmentSource>, 'createOver'>;

function createOver(module: object, source: DepartmentSource, services: SubgraphServices) {
  return (module as AnyDepartment).createOver(source, services);
}

/** Lays what the hub knows into its store. */
export async function loadSeed(services: Pick<SubgraphServices, 'store' | 'vault'>, seed: FuzzedSeed): Promise<void> {
  const [store, vault] = [services.store(), services.vault()];
  const hash = idNumberHash(PEPPER);
  for (const { id, idNumber, data } of seed.persons)
    await store.save(persons, { id, data: { ...data, idHash: hash(idNumber) } as never, expectedVersion: 0 });
  for (const { id, data } of seed.organisations)
    await store.save(organisations, { id, data: data as never, expectedVersion: 0 });
  for (const { id, data } of seed.emergencies)
    await store.save(emergencyAccesses, { id, data: data as never, expectedVersion: 0 });
  for (const one of seed.referrals)
    await store.save(referrals, { id: one.id, data: await sealedReferral(vault, one), expectedVersion: 0 });
}

async function sealedReferral(vault: Vault, { id, personId, texts, data }: SeededReferral) {
  const seal = sealFor(vault, { id, personId });
  const sealed = Object.entries(texts).map(async ([field, text]) => [field, await seal(field, text)] as const);
  return data(Object.fromEntries(await Promise.all(sealed))) as never;
}
