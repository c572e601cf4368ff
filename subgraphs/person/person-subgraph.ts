import { randomUUID } from 'node:crypto';
import { departmentsOf, readDeployment } from '../../schema/departments.ts';
import type { Settings } from '../../adapters/shared/settings.ts';
import { DECISIONS_EXTENSION } from '../shared/decisions.ts';
import { executableSubgraph } from '../shared/executable-subgraph.ts';
import { subgraphSdl } from '../shared/subgraph-sdl.ts';
import type { Subgraph, SubgraphServices } from '../shared/subgraph.ts';
import { noSharedFacts, type SharedFacts } from './access/shared-facts.ts';
import { consentMutations, consentQueries, consentTypes } from './consent/consent-resolvers.ts';
import { dataRequestMutations, dataRequestQueries } from './data-requests/data-request-resolvers.ts';
import { finishDeletions } from './data-requests/finish-deletions.ts';
import { runEmergencyJobs } from './emergency/emergency-jobs.ts';
import { emergencySpool } from './emergency/emergency-spool.ts';
import { causeForLog } from '../shared/cause-for-log.ts';
import { type Every, every as repeat } from '../../adapters/shared/every.ts';
import { emergencyMutations, emergencyQueries } from './emergency/emergency-resolvers.ts';
import { grantFields } from './grant-fields.ts';
import { guardianshipMutations } from './guardianship/guardianship-resolvers.ts';
import { type HubEvents, noHubEvents } from './hub-events.ts';
import { idNumberHash } from './id-number-hash.ts';
import { idNumberTries } from './id-number-tries.ts';
import { linkConflicts } from './link-conflict.ts';
import { nameMatches } from './name-matches.ts';
import { ownViewQueries } from './own-view/own-view-resolvers.ts';
import { personContext, type PersonContext } from './person-context.ts';
import { personFields, type ShownPerson } from './person-fields.ts';
import { personMutations } from './person-mutations.ts';
import { personQueries } from './person-queries.ts';
import type { personSettings } from './settings.ts';
import { stillStand } from './still-stand.ts';
import { timelineField } from './timeline.ts';
import { visiblePersons } from './visible-persons.ts';

/** What tests and measurements put in place of time, of the referrals and of the decision. No configuration leads here. */
export interface PersonSubgraphOptions {
  readonly sharedFacts?: SharedFacts;
  readonly hubEvents?: HubEvents;
  readonly visible?: typeof visiblePersons;
  readonly now?: () => number;
  readonly every?: Every;
}

const JOBS_EVERY_MS = 60_000;
const READY_CHECK = 'not-a-conflict';

/** The person subgraph over the hub's store. */
export async function personSubgraph(
  { settings, grantKey, store: storeOf, vault: vaultOf, spool: spoolOf, log }: SubgraphServices,
  {
    sharedFacts = noSharedFacts,
    hubEvents = noHubEvents,
    visible = visiblePersons,
    now = Date.now,
    every = repeat,
  }: PersonSubgraphOptions = {},
): Promise<Subgraph> {
  const { PERSON_ID_PEPPER, PERSON_MATCHES_PER_MINUTE } = settings as Settings<typeof personSettings>;
  const departments = departmentsOf(readDeployment());
  const store = storeOf();
  const hash = idNumberHash(PERSON_ID_PEPPER);
  const mayMatch = idNumberTries(store, { perMinute: PERSON_MATCHES_PER_MINUTE, clock: now });
  const vault = vaultOf();
  const waiting = emergencySpool({ spool: spoolOf(), store, vault });
  const reads = {
    store,
    departments,
    sharedFacts,
    emergencySpool: waiting,
    nameMatches: nameMatches({ store, vault }),
    idNumberHash: hash,
    mayMatch,
    now,
  };
  const services = { store, idNumberHash: hash, now, newId: randomUUID, vault };
  const jobs = async () =>
    Promise.all([runEmergencyJobs({ store, spool: waiting, log, now }), finishDeletions({ store, vault, now })]).catch(
      (error: unknown) =>
        log.error({ cause: causeForLog(error) }, 'what follows an emergency access or a deletion waits'),
    );
  await jobs();
  const stop = every(JOBS_EVERY_MS, jobs);
  return {
    name: 'person',
    ...executableSubgraph<PersonContext>({
      sdl: subgraphSdl('person'),
      resolvers: {
        Query: {
          ...personQueries,
          ...consentQueries,
          ...emergencyQueries,
          ...ownViewQueries,
          ...dataRequestQueries,
        },
        Mutation: {
          ...personMutations,
          ...consentMutations,
          ...guardianshipMutations,
          ...emergencyMutations,
          ...dataRequestMutations,
        },
        ...consentTypes,
        Person: {
          ...personFields,
          ...grantFields(departments, grantKey),
          timeline: timelineField(departments, hubEvents),
        },
      },
      entities: { Person: shownPersons },
      contextFor: (request) => personContext(request, { reads, visible, services, emergencySpool: waiting }),
      extensionsOf: ({ decisions }) => ({ [DECISIONS_EXTENSION]: decisions.all() }),
      stillStand,
    }),
    // A read by id that touches the store and nobody's data.
    probe: async () => void (await store.load(linkConflicts, READY_CHECK)),
    measures: async () => [{ name: 'xinqiao_emergency_spooled_accesses', value: waiting.waiting().length }],
    close: async () => stop(),
  };
}

/** A person reached from anywhere in the graph passes here: the decision is made for each, in one batch. */
async function shownPersons(
  representations: readonly Readonly<Record<string, unknown>>[],
  { persons }: PersonContext,
): Promise<readonly (ShownPerson | null)[]> {
  return Promise.all(
    representations.map(async (facets) => {
      const visible = await persons.load(String(facets.id));
      return visible === null ? null : { ...visible, facets };
    }),
  );
}
