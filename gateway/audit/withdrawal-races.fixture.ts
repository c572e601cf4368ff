/** Withdrawals of a consent against answers in flight. Test support; as a program (argument: how many) it prints the figures. */
import { buildSchema, parse } from 'graphql';
import { handTurned, placeInMemory, signingKey, silent, spoolInMemory } from '../../adapters/audit/audit.fixture.ts';
import { openAuditLog } from '../../adapters/audit/open-audit-log.ts';
import { chainedRecordSchema } from '../../adapters/audit/port.ts';
import type { Store } from '../../adapters/store/port.ts';
import { consent, DISTRICT } from '../../subgraphs/person/person-fixtures.ts';
import { persons } from '../../subgraphs/person/person.ts';
import { own, staff, trustHub } from '../../subgraphs/person/trust.fixture.ts';
import { silentLog } from '../../subgraphs/shared/log.ts';
import { gatewayContext } from '../gateway-context.ts';
import type { Execute } from '../engine/engine.ts';
import { permissionExecutor } from '../permissions/permission-executor.ts';
import { auditedExecutor } from './audited-executor.ts';

/** How the races ended; `released + withheld + refused + late = races`. */
export interface RaceFigures {
  readonly races: number;
  /** Answered, and the record was durable before the withdrawal. */
  readonly released: number;
  /** Decided before the withdrawal and kept back by the second look; the record says so. */
  readonly withheld: number;
  /** The withdrawal came before the decision. */
  readonly refused: number;
  /** Answered although the record came after the withdrawal: must be none. */
  readonly late: number;
}

type Hub = Awaited<ReturnType<typeof trustHub>>;

const QUERY = '{ person(id: "ward") { maskedName } }';
const WITHDRAW = 'mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { consent { status } } }';
/** The withdrawal begins at another point of the answer's way each time: so many turns of the loop before it or after. */
const HEAD_STARTS = [-2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8] as const;

const schema = buildSchema('type Query { person(id: ID!): Person } type Person { id: ID! maskedName: String }');
const table = new Map(
  ['Query.person', 'Person.id', 'Person.maskedName'].map(
    (one) => [one, { classification: 'HUB', scopes: [] }] as const,
  ),
);

/** Runs them one after the other on one store in memory. Without the second look it shows what that is there for. */
export async function withdrawalRaces({
  races,
  secondLook = true,
}: {
  races: number;
  secondLook?: boolean;
}): Promise<RaceFigures> {
  /** What became durable, in its order. */
  const order: string[] = [];
  const hub = await trustHub({ store: (store) => noting(store, { onSave: (id) => order.push(`changed ${id}`) }) });
  try {
    const execute = await auditedHub(hub, { secondLook, onRecord: (id) => order.push(id) });
    const ends = { released: 0, late: 0 };
    for (let race = 0; race < races; race += 1) {
      order.length = 0;
      const answered = await oneRace(hub, { race, execute });
      if (answered) ends[order.indexOf(requestOf(race)) < order.indexOf('changed ward') ? 'released' : 'late'] += 1;
    }
    const withheld = await countWithheld(hub.store, races);
    return { races, ...ends, withheld, refused: races - ends.released - ends.late - withheld };
  } finally {
    await hub.close();
  }
}

const requestOf = (race: number) => `request-${race}-asked`;

/** The store, telling what has become durable as soon as it is. */
function noting(
  store: Store,
  { onSave = () => {}, onRecord = () => {} }: { onSave?: (id: string) => void; onRecord?: (id: string) => void },
): Store {
  return {
    ...store,
    save: async (collection, aggregate) => {
      const saved = await store.save(collection, aggregate);
      onSave(aggregate.id);
      return saved;
    },
    append: async (...given) => {
      await store.append(...given);
      for (const { id } of given[1]) onRecord(id);
    },
  };
}

async function auditedHub(
  hub: Hub,
  { secondLook, onRecord }: { secondLook: boolean; onRecord: (id: string) => void },
): Promise<Execute> {
  const auditLog = await openAuditLog({
    store: noting(hub.store, { onRecord }),
    writer: 'hub',
    place: placeInMemory(),
    spool: spoolInMemory(),
    signingKey,
    log: silent,
    every: handTurned().every,
  });
  const engine: Execute = async ({ context }) => {
    const { hub: request, decisions } = context;
    if (request === null) throw new Error('a caller');
    const answer = await hub.ask('{ person(id: "ward") { xinqiao_person: id maskedName } }', {}, request);
    decisions.collect('person', { decisions: answer.decisions });
    return { data: answer.data };
  };
  return auditedExecutor(permissionExecutor(engine, { schema, table }), {
    auditLog,
    log: silentLog,
    stillStand: async (relied, { hub: request }) =>
      secondLook
        ? hub.stillStand(
            relied.map(({ decision }) => decision),
            request ?? staff(),
          )
        : relied.map(() => true),
  });
}

/** Whether the answer showed anything. */
async function oneRace(hub: Hub, { race, execute }: { race: number; execute: Execute }): Promise<boolean> {
  const consentId = `race-${race}`;
  await giveConsent(hub.store, consentId);
  const requestId = requestOf(race);
  const asking = staff({ department: 'JUSTICE', client: 'justice-system', subject: 'j', organisation: 'j' });
  const { signal } = asking;
  const context = gatewayContext({ hub: { ...asking, requestId }, requestId, signal, traceparent: null });
  const document = parse(QUERY);
  const [operation] = document.definitions;
  const headStart = HEAD_STARTS[race % HEAD_STARTS.length] ?? 0;
  const ask = async () => {
    await turns(-headStart);
    return execute({
      context,
      document,
      queryHash: `q${race}`,
      operationName: null,
      operation,
      variables: {},
    } as never);
  };
  const withdraw = async () => {
    await turns(headStart);
    await hub.ask(WITHDRAW, { input: { personId: 'ward', consentId } }, own('ward'));
  };
  const [answer] = await Promise.all([ask(), withdraw()]);
  return JSON.stringify(answer.data ?? null).includes('maskedName');
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function giveConsent(store: Store, id: string): Promise<void> {
  const found = await store.load(persons, 'ward');
  if (found === null) throw new Error('the ward');
  const given = consent({
    id,
    recipients: [{ department: 'JUSTICE', organisation: null, team: null, division: DISTRICT }],
    categories: ['health:visits'],
  });
  const data = { ...found.data, consents: [given] };
  await store.save(persons, { id: 'ward', data, expectedVersion: found.version });
}

/** Of `races` requests each has a record, and one more where its answer was kept back. */
async function countWithheld(store: Store, races: number): Promise<number> {
  const records = await store.readLog('audit:hub', { first: 2 * races });
  return records.filter(({ data }) => chainedRecordSchema.parse(data).record.kind === 'WITHHELD').length;
}

if (import.meta.main) console.log(JSON.stringify(await withdrawalRaces({ races: Number(process.argv[2]) })));
