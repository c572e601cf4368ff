import { GraphQLError } from 'graphql';
import { recordedId } from '../person/hub-id.ts';
import { type MadeDecisions, madeDecisions } from '../person/made-decisions.ts';
import type { RootField } from '../shared/root-field.ts';
import { pageSize } from '../shared/connection.ts';
import { DECISIONS_EXTENSION } from '../shared/decisions.ts';
import type { Store } from '../../adapters/store/port.ts';
import type { QueryAuditRecordsArgs, QueryUnusualAccessArgs } from '../../schema/generated/api-types.ts';
import { executableSubgraph } from '../shared/executable-subgraph.ts';
import type { HubRequest } from '../shared/hub-request.ts';
import { subgraphSdl } from '../shared/subgraph-sdl.ts';
import type { Subgraph, SubgraphServices } from '../shared/subgraph.ts';
import { findRecords, recordsBetween } from './find-records.ts';
import { personsOf } from './jurisdiction.ts';
import { recordView } from './record-view.ts';
import { unusualAccess, UNUSUAL_RULES } from './unusual-access.ts';

const MAX_RECORDS = 200;
const MAX_REPORT_DAYS = 31;
const DAY_MS = 86_400_000;

interface AuditContext {
  readonly store: Store;
  readonly request: HubRequest;
  /** Whom the records are about that were shown: an auditor's look is recorded like any other. */
  readonly decisions: MadeDecisions;
}

/** What the auditor asks: who saw what of whom, on what basis, when; and what is worth a second look. */
export function auditSubgraph({ store: storeOf }: Pick<SubgraphServices, 'store'>): Subgraph {
  const store = storeOf();
  return {
    name: 'audit',
    ...executableSubgraph<AuditContext>({
      sdl: subgraphSdl('audit'),
      resolvers: { Query: { auditRecords: recordsPage, unusualAccess: report } },
      entities: {},
      contextFor: (request) => ({ store, request, decisions: madeDecisions() }),
      extensionsOf: ({ decisions }) => ({ [DECISIONS_EXTENSION]: decisions.all() }),
      // By scope, purpose and division of the token alone: nothing that can end before the answer is out.
      stillStand: async (made) => made.map(() => true),
    }),
    probe: async () => void (await store.logs('')),
    close: async () => {},
  };
}

/** A scope opens the field; the purpose must be what it is for (domain, section 4: AUDIT shows nothing else about a person). */
function demandAudit({ store, request }: AuditContext): { readonly store: Store; readonly division: string } {
  if (request.purpose !== 'AUDIT') throw badInput('Audit records are read with the purpose AUDIT (x-purpose-of-use).');
  const { division } = request.caller;
  if (division === null) throw badInput('Audit records are read in a jurisdiction, and the token names no division.');
  return { store, division };
}

async function recordsPage(
  _root: unknown,
  { filter, first, after = null }: QueryAuditRecordsArgs,
  context: AuditContext,
  root: RootField,
) {
  const jurisdiction = demandAudit(context);
  const { items, next } = await findRecords(jurisdiction, filter, {
    first: pageSize(first, { most: MAX_RECORDS }),
    after,
  });
  const about = items.flatMap(({ chained }) => personsOf(chained.record));
  // Also of whom there was nothing.
  const asked = filter.personId == null ? null : recordedId(filter.personId);
  for (const id of [...about, ...(asked === null ? [] : [asked])]) context.decisions.noteMatter(id, root);
  const edges = items.map(({ cursor, ...found }) => ({ cursor, node: recordView(found) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: next !== null,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      // Of a walk that found little, where it goes on: behind what was looked through, not behind what was found.
      endCursor: next ?? edges.at(-1)?.cursor ?? null,
    },
  };
}

async function report(_root: unknown, { from, to }: QueryUnusualAccessArgs, context: AuditContext) {
  const jurisdiction = demandAudit(context);
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  if (end <= begin || end - begin > MAX_REPORT_DAYS * DAY_MS)
    throw badInput(`A report covers at most ${MAX_REPORT_DAYS} days, and "from" comes before "to".`);
  const { records, truncated } = await recordsBetween(jurisdiction, { from: begin, to: end });
  const rules = Object.entries(UNUSUAL_RULES).map(([kind, words]) => ({ kind, ...words }));
  return { rules, findings: unusualAccess(records), truncated };
}

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
