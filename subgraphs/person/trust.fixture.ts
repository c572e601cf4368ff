/** A person subgraph over a store in memory, a clock that the test turns, and the callers of the trust tests. Test support. */
import { createSecretKey } from 'node:crypto';
import { spoolInMemory } from '../../adapters/audit/audit.fixture.ts';
import type { Spool } from '../../adapters/audit/port.ts';
import type { Clock, Store } from '../../adapters/store/port.ts';
import { openSqliteStore } from '../../adapters/store/sqlite/sqlite-store.ts';
import { testVault } from '../../adapters/vault/vault.fixture.ts';
import type { Caller } from '../shared/caller.ts';
import type { MadeDecision } from '../shared/decisions.ts';
import type { HubRequest } from '../shared/hub-request.ts';
import { silentLog } from '../shared/log.ts';
import type { SharedFacts } from './access/shared-facts.ts';
import type { HubEvents } from './hub-events.ts';
import { caller, link, NOW, person } from './person-fixtures.ts';
import { personSubgraph, type PersonSubgraphOptions } from './person-subgraph.ts';
import { type Person, persons } from './person.ts';

export const PEPPER = 'a pepper for tests, 32 characters';
const KEY = createSecretKey(Buffer.alloc(32, 7));
const TRUST_SCOPES = [
  'consent:write',
  'guardianship:write',
  'guardianship:release',
  'emergency:access',
  'emergency:review',
  'data-request:answer',
  'statistics:read',
];

/** In memory; with `file` on disk, where what an earlier one left stands. The ward is fifteen, known to health and education; `mother` and `father` are her guardians. */
export async function trustHub({
  store: wrapped,
  sharedFacts,
  hubEvents,
  file = ':memory:',
  storeClock = Date.now,
  visible,
}: {
  store?: (store: Store) => Store;
  sharedFacts?: SharedFacts;
  hubEvents?: HubEvents;
  visible?: PersonSubgraphOptions['visible'];
  file?: string;
  storeClock?: Clock;
} = {}) {
  const store = openSqliteStore({ file, clock: storeClock });
  const clock = { now: NOW };
  const spool: Spool = spoolInMemory();
  const jobs: (() => unknown)[] = [];
  const used = wrapped?.(store) ?? store;
  const subgraph = await personSubgraph(
    {
      settings: { PERSON_ID_PEPPER: PEPPER, PERSON_MATCHES_PER_MINUTE: 5 },
      grantKey: () => KEY,
      store: () => used,
      vault: () => testVault(store),
      spool: () => spool,
      log: silentLog,
    },
    {
      now: () => clock.now,
      every: (_milliseconds, task) => {
        jobs.push(task);
        return () => {};
      },
      ...(sharedFacts && { sharedFacts }),
      ...(hubEvents && { hubEvents }),
      ...(visible && { visible }),
    },
  );
  const save = async (id: string, data: Person): Promise<void> => {
    if (file !== ':memory:' && (await store.load(persons, id)) !== null) return;
    await store.save(persons, { id, data, expectedVersion: 0 });
  };
  await save(
    'ward',
    person({
      links: [link(), link({ department: 'EDUCATION', localId: 'E-1' })],
      guardianships: [guardian('mother'), guardian('father')],
    }),
  );
  await save('adult', person({ birthDate: '1980-05-01', links: [link({ localId: 'H-2' })] }));
  await save('mother', person({ birthDate: '1985-01-01', links: [] }));
  await save('father', person({ birthDate: '1984-01-01', links: [] }));

  /** Another ward like the first, at local ids of their own. */
  const saveLike = (id: string, changes: Partial<Person>) =>
    save(
      id,
      person({
        links: [link({ localId: `H-${id}` })],
        guardianships: [guardian('mother'), guardian('father')],
        ...changes,
      }),
    );

  let requests = 0;
  async function ask(query: string, variables: object = {}, as: HubRequest = staff()) {
    const request = { ...as, requestId: `request-${(requests += 1)}` };
    const { data, errors = [], extensions } = await subgraph.execute({ query, variables: { ...variables } }, request);
    return {
      request,
      data: JSON.parse(JSON.stringify(data ?? null)),
      codes: errors.map(({ extensions: more, message }) => more.code ?? message),
      decisions: (extensions?.decisions ?? []) as readonly MadeDecision[],
    };
  }
  const stillStand = async (decisions: readonly MadeDecision[], as: HubRequest) =>
    (await ask('query ($d: [_Any!]!) { _stillStand(decisions: $d) }', { d: decisions }, as)).data
      ._stillStand as boolean[];
  return {
    store,
    clock,
    spool,
    subgraph,
    runJobs: async () => Promise.all(jobs.map(async (job) => job())),
    ask,
    stillStand,
    saveLike,
    close: () => store.close(),
  };
}

export function guardian(
  guardianId: string,
  changes: Partial<Person['guardianships'][number]> = {},
): Person['guardianships'][number] {
  return {
    guardianId,
    kind: 'PARENT',
    ward: 'MINOR',
    evidence: 'household-register',
    from: '2011-03-05',
    to: null,
    suspended: false,
    suspensions: [],
    ...changes,
  };
}

const request = (as: Caller, purpose: HubRequest['purpose']): HubRequest => ({
  requestId: 'request',
  caller: as,
  purpose,
  signal: new AbortController().signal,
});

/** A department's staff. */
export function staff(changes: Partial<Caller> = {}, purpose: HubRequest['purpose'] = 'CARE'): HubRequest {
  const standard = caller();
  return request({ ...standard, scopes: [...standard.scopes, ...TRUST_SCOPES], ...changes }, purpose);
}

/** Somebody's own token. */
export function own(personId: string): HubRequest {
  const changes = {
    subject: `sub-${personId}`,
    client: 'hub-console',
    department: null,
    organisation: null,
    division: null,
    roles: ['person'],
    personId,
  };
  return staff(changes, 'SELF_ACCESS');
}
