import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, type DefinitionNode, type GraphQLFormattedError, parse } from 'graphql';
import { type AuditRecord, AuditUnavailable, type RequestRecord } from '../../adapters/audit/port.ts';
import type { MadeDecision } from '../../subgraphs/shared/decisions.ts';
import { silentLog } from '../../subgraphs/shared/log.ts';
import type { PermissionTable } from '../../schema/permission-table.ts';
import { gatewayContext } from '../gateway-context.ts';
import { type Execute, permissionExecutor } from '../permissions/permission-executor.ts';
import { auditedExecutor } from './audited-executor.ts';

const schema = buildSchema(`
  type Query { person(id: ID!): Person persons(ids: [ID!]!): [Person] version: String }
  type Mutation { change(id: ID!): Person }
  type Person { id: ID! name: String health: Health timeline: [TimelineEvent!] friend: Person }
  type Health { visits: [Visit!] diagnoses: [Visit!] }
  type Visit { date: String }
  type TimelineEvent { date: String category: String! }
`);
const permission = (classification: string, ...scopes: string[]) => ({
  classification,
  scopes: scopes.length === 0 ? [] : [scopes],
});
const table: PermissionTable = new Map([
  ...[
    'Query.person',
    'Query.persons',
    'Query.version',
    'Mutation.change',
    'Person.id',
    'Person.name',
    'Person.friend',
    'Visit.date',
    'TimelineEvent.date',
    'TimelineEvent.category',
  ].map((coordinate) => [coordinate, permission('HUB')] as const),
  ['Person.health', permission('DERIVED')] as const,
  ['Person.timeline', permission('DERIVED')] as const,
  ['Health.visits', permission('health:visits')] as const,
  ['Health.diagnoses', permission('health:diagnoses', 'health:diagnoses:read')] as const,
]);

const CONSENT = { basis: 'CONSENT', ground: 'consent:1' };
const decision = (personId: string | null, changes: Partial<MadeDecision> = {}): MadeDecision => ({
  personId,
  by: 'id',
  visible: true,
  standings: { 'health:visits': CONSENT, 'health:diagnoses': CONSENT },
  crossesJurisdiction: false,
  emergencyUntil: null,
  nameMatch: null,
  ...changes,
});

interface Setting {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly decisions?: readonly MadeDecision[];
  /** Decisions that the same subgraph made later in the request. */
  readonly laterDecisions?: readonly MadeDecision[];
  readonly stands?: boolean | 'no answer';
  readonly logDown?: boolean;
  readonly engineFails?: boolean;
}

const nameOf = (node: DefinitionNode | undefined) => (node && 'name' in node ? (node.name?.value ?? null) : null);

/** One request through permissions and audit over an engine that answers as told; `order` is what happened, in order. */
async function run(
  query: string,
  {
    data,
    errors,
    decisions = [],
    laterDecisions = [],
    stands = true,
    logDown = false,
    engineFails = false,
  }: Setting = {},
) {
  const order: string[] = [];
  const records: AuditRecord[] = [];
  const engine: Execute = async () => {
    order.push('executed');
    if (engineFails) throw new Error('broken');
    return { data, ...(errors && { errors }) } as never;
  };
  const write = (through: string) => async (record: AuditRecord) => {
    if (logDown && through === 'chain') throw new AuditUnavailable('down');
    order.push(`${record.kind} by ${through}`);
    records.push(record);
  };
  const audited = auditedExecutor(permissionExecutor(engine, { schema, table }), {
    auditLog: { append: write('chain'), appendThroughSpool: write('spool'), close: async () => {} },
    stillStand: async (relied) => {
      order.push('looked again');
      if (stands === 'no answer') throw new Error('no answer');
      return relied.map(() => stands);
    },
    log: silentLog,
    changed: () => void order.push('changed'),
    now: () => Date.UTC(2026, 2, 2),
  });
  const caller = {
    subject: 'worker\n{"kind":"REQUEST"}',
    client: 'health-system',
    organisation: null,
    department: 'HEALTH',
    division: '390106',
    roles: [],
    scopes: ['health:visits:read'],
    purposes: ['CARE' as const],
    personId: null,
  };
  const signal = new AbortController().signal;
  const context = gatewayContext({
    hub: { requestId: 'r-1', caller, purpose: 'CARE', signal },
    requestId: 'r-1',
    signal,
    traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  });
  context.decisions.collect('person', { decisions });
  context.decisions.collect('person', { decisions: laterDecisions });
  const document = parse(query);
  const operation = document.definitions[0];
  const answer = await audited({
    context,
    document,
    queryHash: 'hash',
    operationName: nameOf(operation),
    operation,
  } as never).then(
    (given) => JSON.parse(JSON.stringify(given)),
    (error: unknown) => ({ thrown: String(error) }),
  );
  return { answer, order, records, record: records[0] as RequestRecord };
}

const PERSON = '{ person(id: "p1") { name health { visits { date } } } }';
const ANSWER = { person: { xinqiao_person: 'p1', name: null, health: { visits: [{ date: '2026' }] } } };

test('the record is durable before the basis is looked at again, and that before anything is released', async () => {
  const { answer, order, record } = await run(PERSON, { data: ANSWER, decisions: [decision('p1')] });
  expect(order).toEqual(['executed', 'REQUEST by chain', 'looked again']);
  expect(answer).toEqual({ data: { person: { name: null, health: { visits: [{ date: '2026' }] } } } });
  expect(record).toMatchObject({
    id: 'r-1',
    trace: 'a'.repeat(32),
    outcome: 'ANSWERED',
    others: ['Query.person'],
    coordinates: [['Health.visits', 'Person.health', 'Visit.date']],
    persons: [{ id: 'p1', visible: true, coordinates: 0, shown: { 'health:visits': CONSENT } }],
  });
});

test('25: an answer whose basis ended before its record is not released, and a record says so', async () => {
  const { answer, order, records } = await run(PERSON, { data: ANSWER, decisions: [decision('p1')], stands: false });
  expect(order).toEqual(['executed', 'REQUEST by chain', 'looked again', 'WITHHELD by chain']);
  expect(records[1]).toMatchObject({ kind: 'WITHHELD', request: 'r-1', persons: ['p1'] });
  expect([answer.data, answer.errors[0].extensions.code]).toEqual([null, 'BASIS_ENDED']);
  expect(JSON.stringify(answer)).not.toContain('"2026"');
});

test('64: no record, no data; and nothing of the inside', async () => {
  const { answer, order } = await run(PERSON, { data: ANSWER, decisions: [decision('p1')], logDown: true });
  expect(order).toEqual(['executed']);
  expect([answer.data, answer.errors[0].extensions]).toEqual([
    null,
    { code: 'AUDIT_UNAVAILABLE', http: { status: 503 } },
  ]);
});

test('64: an emergency goes by way of the spool, and the answer says that it is one', async () => {
  const until = '2026-03-02T03:00:00.000Z';
  const decisions = [decision('p1', { emergencyUntil: until })];
  const { answer, order } = await run(PERSON, { data: ANSWER, decisions, logDown: true });
  expect(order).toEqual(['executed', 'REQUEST by spool', 'looked again']);
  expect(answer.extensions).toEqual({ emergencyAccess: [{ personId: 'p1', until }] });
});

describe('62: what is refused or fails is recorded', () => {
  test('nobody there, or no basis', async () => {
    const { record, order } = await run(PERSON, {
      data: { person: null },
      decisions: [decision('p1', { visible: false, standings: {} })],
    });
    expect(record).toMatchObject({
      outcome: 'REFUSED',
      persons: [{ id: 'p1', visible: false, coordinates: null, shown: {} }],
    });
    expect(order).not.toContain('looked again');
  });
  test('a field without its scope', async () => {
    const { record, answer } = await run('{ person(id: "p1") { health { diagnoses { date } } } }', {
      data: { person: { xinqiao_person: 'p1', health: { xinqiao_forbidden_0: 'Health' } } },
      decisions: [decision('p1')],
    });
    expect(record).toMatchObject({
      codes: ['FORBIDDEN_FIELD'],
      forbidden: ['Health.diagnoses'],
      persons: [{ shown: {} }],
    });
    expect(answer.data).toEqual({ person: { health: { diagnoses: null } } });
  });
  test('a source that is down', async () => {
    const errors = [{ message: 'x', path: ['person', 'health'], extensions: { code: 'SOURCE_TIMEOUT' } }];
    const data = { person: { xinqiao_person: 'p1', name: null, health: null } };
    const { record } = await run(PERSON, { data, errors, decisions: [decision('p1')] });
    expect(record).toMatchObject({ codes: ['SOURCE_TIMEOUT'], persons: [{ shown: {}, coordinates: null }] });
  });
  test('an engine that breaks', async () => {
    const { record, answer } = await run(PERSON, { engineFails: true, decisions: [decision('p1')] });
    expect(record).toMatchObject({
      outcome: 'FAILED',
      codes: ['INTERNAL'],
      persons: [{ id: 'p1', coordinates: null }],
    });
    expect(answer).toEqual({ thrown: 'Error: broken' });
  });
});

test('64: a failure that cannot be recorded says only that nothing can be', async () => {
  const { answer } = await run(PERSON, { engineFails: true, logDown: true });
  expect(answer.errors[0].extensions.code).toBe('AUDIT_UNAVAILABLE');
});

test('where nobody can say whether it still stands, nothing goes out and the record says so', async () => {
  const { answer, order } = await run(PERSON, { data: ANSWER, decisions: [decision('p1')], stands: 'no answer' });
  expect(order).toEqual(['executed', 'REQUEST by chain', 'looked again', 'WITHHELD by chain']);
  expect(answer).toEqual({ thrown: 'Error: no answer' });
});

test.each([
  ['a category', decision('p1', { standings: {} })],
  ['the person', decision('p1', { visible: false, standings: {} })],
])('25: %s lost between two reads of one request: nothing goes out, and the record shows nothing', async (_, later) => {
  const { answer, order, record } = await run(PERSON, {
    data: ANSWER,
    decisions: [decision('p1')],
    laterDecisions: [later],
  });
  expect([answer.data, answer.errors[0].extensions.code]).toEqual([null, 'BASIS_ENDED']);
  expect(record).toMatchObject({ outcome: 'REFUSED', codes: ['BASIS_ENDED'], persons: [{ shown: {} }], others: [] });
  expect(order).toEqual(['executed', 'REQUEST by chain']);
});

test('what was granted and not shown may end: it is not looked at again', async () => {
  const data = { person: { xinqiao_person: 'p1', name: 'n', health: null } };
  const { answer, order } = await run(PERSON, {
    data,
    decisions: [decision('p1'), decision('p2')],
  });
  expect(order).toContain('looked again');
  expect(answer.data).toEqual({ person: { name: 'n', health: null } });
});

test('a change stays made, its own record is moved on, and its answer alone is withheld', async () => {
  const query = 'mutation M { change(id: "p1") { health { visits { date } } } }';
  const data = { change: ANSWER.person };
  const given = { data, decisions: [decision('p1')] };
  const { order, record } = await run(query, given);
  expect(order).toEqual(['executed', 'changed', 'REQUEST by chain', 'looked again']);
  expect(record.operation).toEqual({ type: 'mutation', name: 'M', hash: 'hash' });
  const withheld = await run(query, { ...given, stands: false });
  expect([withheld.answer.data, withheld.answer.errors[0].extensions.code]).toEqual([null, 'BASIS_ENDED']);
  expect((await run(query, { ...given, logDown: true })).order).toEqual(['executed', 'changed']);
});

test('introspection is about nobody and leaves no record', async () => {
  expect((await run('{ __typename }', { data: { __typename: 'Query' } })).records).toEqual([]);
});

test('65: line breaks and control characters of a caller make no second record', async () => {
  const { record } = await run(PERSON, {
    data: { person: null },
    decisions: [decision('x\n{"kind":"REQUEST"}\u0000\ud800', { visible: false, standings: {} })],
  });
  const line = JSON.stringify(record);
  expect(line.split('\n')).toHaveLength(1);
  expect(JSON.parse(line)).toEqual(record);
  expect(record.persons[0]?.id).toBe('x\n{"kind":"REQUEST"}\u0000\ufffd');
});

test.each([
  ['a person of whom nobody decided', []],
  ['a category without a basis', [decision('p1', { standings: {} })]],
])('nothing goes out with %s, and it is recorded as failed', async (_, decisions) => {
  const { answer, record, order } = await run(PERSON, { data: ANSWER, decisions });
  expect(answer.thrown).toMatch(/without a (decision|basis)/);
  expect(record).toMatchObject({ outcome: 'FAILED', persons: decisions.map(() => ({ shown: {} })) });
  expect(order).not.toContain('looked again');
});

test('two persons under aliases with different fields are told apart, also one within another', async () => {
  const query =
    '{ a: person(id: "p1") { health { visits { date } } } b: person(id: "p2") { name friend { timeline { date } } } }';
  const data = {
    a: { xinqiao_person: 'p1', health: { visits: [] } },
    b: {
      xinqiao_person: 'p2',
      name: 'n',
      friend: { xinqiao_person: 'p3', timeline: [{ date: '1', xinqiao_category: 'health:diagnoses' }] },
    },
  };
  const { record } = await run(query, { data, decisions: ['p1', 'p2', 'p3'].map((id) => decision(id)) });
  expect(
    record.persons.map(({ id, shown, coordinates }) => [id, Object.keys(shown), record.coordinates[coordinates ?? -1]]),
  ).toEqual([
    ['p1', ['health:visits'], ['Health.visits', 'Person.health']],
    ['p2', [], ['Person.friend', 'Person.name']],
    ['p3', ['health:diagnoses'], ['Person.timeline', 'TimelineEvent.date']],
  ]);
});

test('what is recorded is what has a value, for any answer', async () => {
  const visits = fc.option(fc.array(fc.record({ date: fc.option(fc.constant('2026')) }), { maxLength: 2 }));
  const people = fc.array(
    fc.option(fc.record({ name: fc.option(fc.constant('n')), health: fc.option(fc.record({ visits })) })),
    { maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(people, async (given) => {
      const persons = given.map((one, i) => one && { xinqiao_person: `p${i}`, ...one });
      const decisions = given.map((_, i) => decision(`p${i}`));
      const { record } = await run('{ persons(ids: []) { name health { visits { date } } } }', {
        data: { persons },
        decisions,
      });
      given.forEach((one, i) => {
        const audited = record.persons.find(({ id }) => id === `p${i}`);
        const seen = [
          ...(one?.health?.visits == null ? [] : ['Health.visits']),
          ...(one?.health == null ? [] : ['Person.health']),
          ...(one?.name == null ? [] : ['Person.name']),
          ...(one?.health?.visits?.some(({ date }) => date !== null) ? ['Visit.date'] : []),
        ];
        expect(audited?.coordinates === null ? [] : record.coordinates[audited?.coordinates ?? -1]).toEqual(seen);
        expect(Object.keys(audited?.shown ?? {})).toEqual(one?.health?.visits == null ? [] : ['health:visits']);
      });
    }),
  );
});
