/** One request through permissions and audit, with fakes for the engine, the log and the subgraph that decides. */
import { buildSchema, type DefinitionNode, GraphQLError, type GraphQLFormattedError, parse } from 'graphql';
import { SourceError } from '../../adapters/shared/source-error.ts';
import { type AuditRecord, AuditUnavailable, type RequestRecord } from '../../adapters/audit/port.ts';
import type { MadeDecision } from '../../subgraphs/shared/decisions.ts';
import { silentLog } from '../../subgraphs/shared/log.ts';
import type { PermissionTable } from '../../schema/permission-table.ts';
import { gatewayContext } from '../gateway-context.ts';
import type { Execute } from '../engine/engine.ts';
import { permissionExecutor } from '../permissions/permission-executor.ts';
import { auditedExecutor } from './audited-executor.ts';

const schema = buildSchema(`
  type Query { person(id: ID!): Person persons(ids: [ID!]!): [Person] version: String consents(id: ID!): [Consent!] }
  type Consent { status: String person: Person }
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
    'Query.consents',
    'Consent.status',
    'Consent.person',
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

export const CONSENT = { basis: 'CONSENT', ground: 'consent:1' };
export const decision = (personId: string | null, changes: Partial<MadeDecision> = {}): MadeDecision => ({
  personId,
  by: 'id',
  visible: true,
  standings: { 'health:visits': CONSENT, 'health:diagnoses': CONSENT },
  crossesJurisdiction: false,
  emergencyUntil: null,
  nameMatch: null,
  beside: [],
  ofReport: false,
  ...changes,
});

interface Setting {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly decisions?: readonly MadeDecision[];
  /** Decisions that the same subgraph made later in the request. */
  readonly laterDecisions?: readonly MadeDecision[];
  readonly stands?: boolean | 'no answer' | 'nobody there';
  readonly logDown?: boolean;
  /** Withdrawn while the answer is made. */
  readonly tokenWithdrawn?: boolean;
  /** By this error, where it is one. */
  readonly engineFails?: boolean | Error;
}

const nameOf = (node: DefinitionNode | undefined) => (node && 'name' in node ? (node.name?.value ?? null) : null);

/** What the engine does in this test; the operations that were rewritten are remembered across tests, as in the hub. */
let engine: Execute;
const permitted = permissionExecutor((requestContext) => engine(requestContext), { schema, table });

/** One request through permissions and audit over an engine that answers as told; `order` is what happened, in order. */
export async function run(
  query: string,
  {
    data,
    errors,
    decisions = [],
    laterDecisions = [],
    stands = true,
    logDown = false,
    tokenWithdrawn = false,
    engineFails = false,
  }: Setting = {},
) {
  const order: string[] = [];
  const records: AuditRecord[] = [];
  const reliedOn: MadeDecision[] = [];
  engine = async () => {
    order.push('executed');
    if (engineFails !== false) throw engineFails === true ? new Error('broken') : engineFails;
    return { data, ...(errors && { errors }) } as never;
  };
  const write = (through: string) => async (record: AuditRecord) => {
    if (logDown && through === 'chain') throw new AuditUnavailable('down');
    order.push(`${record.kind} by ${through}`);
    records.push(record);
  };
  const audited = auditedExecutor(permitted, {
    auditLog: { append: write('chain'), appendThroughSpool: write('spool'), close: async () => {} },
    stillStand: async (relied) => {
      order.push('looked again');
      reliedOn.push(...relied.map(({ decision: one }) => one));
      if (stands === 'no answer') throw new Error('no answer');
      if (stands === 'nobody there') throw new SourceError('SOURCE_UNAVAILABLE', { source: 'person' });
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
    expectToken: async () => {
      if (tokenWithdrawn) throw new GraphQLError('withdrawn', { extensions: { code: 'UNAUTHENTICATED' } });
    },
  });
  context.decisions.collect('person', { decisions });
  context.decisions.collect('person', { decisions: laterDecisions });
  const document = parse(query);
  const operation = document.definitions[0];
  const answer = await audited({
    context,
    document,
    queryHash: query,
    operationName: nameOf(operation),
    operation,
    variables: {},
  } as never).then(
    (given) => JSON.parse(JSON.stringify(given)),
    (error: unknown) => ({ thrown: String(error) }),
  );
  return { answer, order, records, record: records[0] as RequestRecord, relied: reliedOn };
}

export const PERSON = '{ person(id: "p1") { name health { visits { date } } } }';
export const ANSWER = { person: { xinqiao_person: 'p1', name: null, health: { visits: [{ date: '2026' }] } } };

/** The same person, with a name and nothing of health. */
export const NAMED = { person: { xinqiao_person: 'p1', name: 'n', health: null } };
