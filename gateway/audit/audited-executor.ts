import { randomUUID } from 'node:crypto';
import { type GraphQLError, type GraphQLFormattedError, Kind, OperationTypeNode } from 'graphql';
import { type AuditLog, AuditUnavailable } from '../../adapters/audit/port.ts';
import type { Log } from '../../subgraphs/shared/log.ts';
import { causeForLog } from '../../subgraphs/shared/cause-for-log.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { Execute, ExecutePermitted, PermittedAnswer } from '../permissions/permission-executor.ts';
import type { CollectedDecision } from './decision-collector.ts';
import { auditUnavailable, basisEnded } from './audit-errors.ts';
import { codeIn } from './code-in.ts';
import { NOTHING_SHOWN, requestRecord, shownStandings } from './request-record.ts';
import type { StillStand } from './still-stand.ts';

export interface AuditOptions {
  readonly auditLog: AuditLog;
  readonly stillStand: StillStand;
  readonly log: Log;
  readonly now?: () => number;
  /** Something may have changed: the records of changes can be moved on. */
  readonly changed?: () => void;
}

type RequestContext = Parameters<Execute>[0];
type Answer = Awaited<ReturnType<Execute>>;

/**
 * Nothing about a person leaves before its record is durable, and nothing whose basis ended before that. The order is the
 * whole matter: execute, record, look again whether what was decided still stands, release.
 */
export function auditedExecutor(execute: ExecutePermitted, options: AuditOptions): Execute {
  const { auditLog, stillStand, log, changed } = options;
  return async (requestContext) => {
    const context = requestContext.context as GatewayContext;
    if (isIntrospection(requestContext)) return (await execute(requestContext)).answer;
    context.audited.recorded = true;
    const run = await execute(requestContext).catch((error: unknown) => ({ error }));
    if (requestContext.operation?.operation === OperationTypeNode.MUTATION) changed?.();
    if ('error' in run) {
      await record(requestContext, { outcome: 'FAILED', codes: ['INTERNAL'], answer: null }, options);
      throw run.error;
    }
    const decisions = context.decisions.all();
    try {
      await record(requestContext, { ...outcomeOf(run.answer), answer: run }, options);
    } catch (error) {
      if (error instanceof AuditUnavailable) return { errors: [unavailable(error, log)], data: null } as Answer;
      await record(requestContext, { outcome: 'FAILED', codes: ['INTERNAL'], answer: null }, options);
      throw error;
    }
    const ended = await endedAmong(decisions, { run, context, stillStand });
    if (ended.length === 0) return withEmergencies(run.answer, decisions);
    const at = new Date(options.now?.() ?? Date.now()).toISOString();
    const { requestId: request } = context;
    try {
      await auditLog.append({ kind: 'WITHHELD', id: randomUUID(), at, request, persons: ended });
    } catch (error) {
      return { errors: [unavailable(error, log)], data: null } as Answer;
    }
    return { errors: [basisEnded()], data: null } as Answer;
  };
}

interface Recorded {
  readonly outcome: 'ANSWERED' | 'REFUSED' | 'FAILED';
  readonly codes: readonly string[];
  /** `null` = nothing of it will be released. */
  readonly answer: PermittedAnswer | null;
}

async function record(
  { context: anyContext, operation, queryHash }: RequestContext,
  { outcome, codes, answer }: Recorded,
  { auditLog, now = Date.now }: AuditOptions,
): Promise<void> {
  const { hub, traceparent, decisions: collector } = anyContext as GatewayContext;
  if (hub === null) throw new Error('an audit log needs a caller');
  const decisions = collector.all().map(({ decision }) => decision);
  const written = requestRecord(
    { hub, traceparent, operation: { node: operation, hash: queryHash }, now: now() },
    { outcome, codes, forbidden: answer?.forbidden ?? [], decisions, shown: answer?.shown ?? NOTHING_SHOWN },
  );
  const emergency = decisions.some(({ visible, emergencyUntil }) => visible && emergencyUntil !== null);
  await (emergency ? auditLog.appendThroughSpool(written) : auditLog.append(written));
}

/** Persons in the answer of whom something was shown on a basis that is not there any more. */
async function endedAmong(
  decisions: readonly CollectedDecision[],
  { run, context, stillStand }: { run: PermittedAnswer; context: GatewayContext; stillStand: StillStand },
): Promise<readonly string[]> {
  const relied = decisions.flatMap(({ subgraph, decision }) => {
    const { personId } = decision;
    const shown = personId === null ? undefined : run.shown.persons.get(personId);
    // What was granted and not shown may end as it likes.
    return shown === undefined
      ? []
      : [{ subgraph, decision: { ...decision, standings: shownStandings(decision, shown) } }];
  });
  if (relied.length === 0) return [];
  const standing = await stillStand(relied, context);
  return relied.flatMap(({ decision }, i) => (standing[i] === true ? [] : [decision.personId ?? '']));
}

/** Failed by what a source did, refused where every root field is null for want of a right or a basis, else answered. */
function outcomeOf({ data, errors = [] }: Answer): Pick<Recorded, 'outcome' | 'codes'> {
  const codes = errors.map(({ extensions }: GraphQLFormattedError) => codeIn(extensions, 'INTERNAL'));
  if (Object.values(data ?? {}).some((value) => value !== null)) return { outcome: 'ANSWERED', codes };
  const failed = codes.some((code) => code.startsWith('SOURCE_') || code === 'INTERNAL');
  return { outcome: failed ? 'FAILED' : 'REFUSED', codes };
}

/** That an answer rests on an emergency access is said beside it, to whoever reads it. */
function withEmergencies(answer: Answer, decisions: readonly CollectedDecision[]): Answer {
  const emergencyAccess = decisions.flatMap(({ decision: { personId, visible, emergencyUntil } }) =>
    visible && emergencyUntil !== null ? [{ personId, until: emergencyUntil }] : [],
  );
  return emergencyAccess.length === 0 ? answer : { ...answer, extensions: { ...answer.extensions, emergencyAccess } };
}

function unavailable(error: unknown, log: Log): GraphQLError {
  log.error(
    { cause: causeForLog(error instanceof Error ? error.cause : error) },
    'no answer: the audit log takes no records',
  );
  return auditUnavailable();
}

function isIntrospection({ operation }: RequestContext): boolean {
  const selections = operation?.selectionSet.selections ?? [];
  return selections.every((one) => one.kind === Kind.FIELD && one.name.value.startsWith('__'));
}
