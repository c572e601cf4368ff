import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { handTurned, placeInMemory, signingKey, silent, spoolInMemory } from '../../adapters/audit/audit.fixture.ts';
import { CRASHES } from '../../adapters/store/crash-count.ts';
import { openAuditLog } from '../../adapters/audit/open-audit-log.ts';
import { chainedRecordSchema } from '../../adapters/audit/port.ts';
import { buildSchema, parse } from 'graphql';
import { silentLog } from '../../subgraphs/shared/log.ts';
import { persons } from '../../subgraphs/person/person.ts';
import { consent, DISTRICT } from '../../subgraphs/person/person-fixtures.ts';
import { own, staff, trustHub } from '../../subgraphs/person/trust.fixture.ts';
import { gatewayContext } from '../gateway-context.ts';
import { permissionExecutor, type Execute } from '../permissions/permission-executor.ts';
import { auditedExecutor } from './audited-executor.ts';

/** 200 in `npm test`, 2,000 in `npm run test:faults`. */
const RACES = 20 * CRASHES;
let hub: Awaited<ReturnType<typeof trustHub>>;
beforeEach(async () => {
  hub = await trustHub();
});
afterEach(() => hub.close());

const schema = buildSchema('type Query { person(id: ID!): Person } type Person { id: ID! maskedName: String }');
const table = new Map(
  ['Query.person', 'Person.id', 'Person.maskedName'].map(
    (one) => [one, { classification: 'HUB', scopes: [] }] as const,
  ),
);
const WITHDRAW = 'mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { consent { status } } }';

test(`25: of ${RACES} withdrawals against answers in flight, none was answered whose record came after the withdrawal`, async () => {
  const order: string[] = [];
  const store = {
    ...hub.store,
    append: async (...given: Parameters<typeof hub.store.append>) => {
      await hub.store.append(...given);
      for (const { id } of given[1]) order.push(`recorded ${id}`);
    },
  };
  const auditLog = await openAuditLog({
    store,
    writer: 'hub',
    place: placeInMemory(),
    spool: spoolInMemory(),
    signingKey,
    log: silent,
    every: handTurned().every,
  });
  const engine: Execute = async ({ context }) => {
    const { hub: request, decisions } = context as ReturnType<typeof gatewayContext>;
    if (request === null) throw new Error('a caller');
    const answer = await hub.ask('{ person(id: "ward") { xinqiao_person: id maskedName } }', {}, request);
    decisions.collect('person', { decisions: answer.decisions });
    return { data: answer.data } as never;
  };
  const execute = auditedExecutor(permissionExecutor(engine, { schema, table }), {
    auditLog,
    log: silentLog,
    stillStand: async (relied, { hub: request }) =>
      hub.stillStand(
        relied.map(({ decision }) => decision),
        request ?? staff(),
      ),
  });

  let answered = 0;
  for (let race = 0; race < RACES; race += 1) {
    const id = `race-${race}`;
    await giveConsent(id);
    const requestId = `request-${race}-asked`;
    const asking = staff({ department: 'JUSTICE', client: 'justice-system', subject: 'j', organisation: 'j' });
    const context = gatewayContext({
      hub: { ...asking, requestId },
      requestId,
      signal: asking.signal,
      traceparent: null,
    });
    const document = parse('{ person(id: "ward") { maskedName } }');
    const ask = async () =>
      execute({
        context,
        document,
        queryHash: `q${race}`,
        operationName: null,
        operation: document.definitions[0],
      } as never);
    const withdraw = async () => {
      // At another point of the answer's way each time.
      for (let turn = 0; turn < race % 12; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await hub.ask(WITHDRAW, { input: { personId: 'ward', consentId: id } }, own('ward'));
      order.push(`withdrawn ${id}`);
    };
    const [answer] = await Promise.all([ask(), withdraw()]);
    if (!JSON.stringify(answer.data ?? null).includes('maskedName')) continue;
    answered += 1;
    expect(order.indexOf(`recorded ${requestId}`)).toBeLessThan(order.indexOf(`withdrawn ${id}`));
  }
  // Both happen, or the race is none.
  expect(answered).toBeGreaterThan(0);
  expect(answered).toBeLessThan(RACES);
  const kinds = (await hub.store.readLog('audit:hub', { first: 10_000 })).map(
    ({ data }) => chainedRecordSchema.parse(data).record.kind,
  );
  expect(kinds.filter((kind) => kind === 'WITHHELD').length).toBeGreaterThan(0);
});

async function giveConsent(id: string): Promise<void> {
  const found = await hub.store.load(persons, 'ward');
  if (found === null) throw new Error('the ward');
  const given = consent({
    id,
    recipients: [{ department: 'JUSTICE', organisation: null, team: null, division: DISTRICT }],
    categories: ['health:visits'],
  });
  await hub.store.save(persons, {
    id: 'ward',
    data: { ...found.data, consents: [given] },
    expectedVersion: found.version,
  });
}
