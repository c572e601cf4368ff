import { randomUUIDv7 } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError, Kind, OperationTypeNode } from 'graphql';
import { type AuditLog, AuditUnavailable } from '../../adapters/audit/port.ts';
import { SourceError } from '../../adapters/shared/source-error.ts';
import type { MadeDecision } from '../../subgraphs/shared/decisions.ts';
import type { Log } from '../../subgraphs/shared/log.ts';
import { causeForLog } from '../../subgraphs/shared/cause-for-log.ts';
import type { Answer, Execute, OperationRequest } from '../engine/engine.ts';
import type { ExecutePermitted, PermittedAnswer } from '../permissions/permission-executor.ts';
import type { CollectedDecision } from './decision-collector.ts';
import { auditUnavailable, basisEnded, standingUnknown } from './audit-errors.ts';
import { codeIn } from './code-in.ts';
import { NOTHING_SHOWN } from '../permissions/shown-data.ts';
import { requestRecord } from './request-record.ts';
import { shownBeside } from './shown-beside.ts';
import { UndecidedError } from './undecided-error.ts';
import type { StillStand } from './still-stand.ts';

export interface AuditOptions {
  readonly auditLog: AuditLog;
  readonly stillStand: StillStand;
  readonly log: Log;
  readonly now?: () => number;
  /** Something may have changed: the records of changes can be moved on. */
  readonly changed?: () => void;
}

/**
 * Nothing about a person leaves before its record is durable, and nothing whose basis ended before that. The order is the
 * whole matter: execute, record, look again whether what was decided still stands, release.
 */
export function auditedExecutor(execute: ExecutePermitted, options: AuditOptions): Execute {
  return async (request) => {
    if (isIntrospection(request)) return (await execute(request)).answer;
    request.context.audited.recorded = true;
    try {
      const run = await executed(execute, request, options);
      return (await recorded(run, request, options)) ?? (await released(run, request, options));
    } catch (error) {
      if (error instanceof AuditUnavailable) return nothingBut(unavailable(error, options.log));
      throw error;
    }
  };
}

/** Runs the operation. What breaks has its record before it goes on. */
async function executed(
  execute: ExecutePermitted,
  request: OperationRequest,
  options: AuditOptions,
): Promise<PermittedAnswer> {
  try {
    return await execute(request);
  } catch (error) {
    await record(request, endedBy(error), options);
    throw error;
  } finally {
    if (request.operation.operation === OperationTypeNode.MUTATION) options.changed?.();
  }
}

/** Makes the record of an answer durable. `null`, or the answer that goes out instead. */
async function recorded(
  run: PermittedAnswer,
  request: OperationRequest,
  options: AuditOptions,
): Promise<Answer | null> {
  try {
    await record(request, { ...outcomeOf(run.answer), answer: run }, options);
    return null;
  } catch (error) {
    if (error instanceof AuditUnavailable) throw error;
    const { decisions } = request.context;
    const ended = error instanceof UndecidedError && decisions.isNarrowed(error.personId);
    await record(request, ended ? ENDED : FAILED, options);
    if (ended) return nothingBut(basisEnded());
    throw error;
  }
}

/** Looks again at what the recorded answer relies on; only what stands goes out. */
async function released(
  run: PermittedAnswer,
  request: OperationRequest,
  { auditLog, stillStand, now = Date.now }: AuditOptions,
): Promise<Answer> {
  const { context } = request;
  const decisions = context.decisions.all();
  const relied = reliedOn(context.decisions.bySubgraph(), run);
  const withhold = async (made: readonly CollectedDecision[]) => {
    const persons = made.flatMap(({ decision: { personId } }) => personId ?? []);
    const at = new Date(now()).toISOString();
    await auditLog.append({ kind: 'WITHHELD', id: randomUUIDv7(), at, request: context.requestId, persons });
  };
  const refused = await withdrawnToken(context);
  if (refused !== null) {
    if (relied.length > 0) await withhold(relied);
    return nothingBut(refused);
  }
  if (relied.length === 0) return withEmergencies(run.answer, decisions);
  try {
    const standing = await stillStand(relied, context);
    const ended = relied.filter((_, i) => standing[i] !== true);
    if (ended.length === 0) return withEmergencies(run.answer, decisions);
    await withhold(ended);
    return nothingBut(basisEnded());
  } catch (error) {
    // Nobody can say whether it stands: the record must not say that it was given.
    if (!(error instanceof AuditUnavailable)) await withhold(relied);
    if (error instanceof SourceError) return nothingBut(standingUnknown(error));
    throw error;
  }
}

/** What is answered to a caller whose token was withdrawn while the answer was made; `null` = it stands. */
async function withdrawnToken({ expectToken }: OperationRequest['context']): Promise<GraphQLError | null> {
  try {
    await expectToken();
    return null;
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

const nothingBut = (error: GraphQLError): Answer => ({ errors: [error], data: null });

interface Recorded {
  readonly outcome: 'ANSWERED' | 'REFUSED' | 'FAILED';
  readonly codes: readonly string[];
  /** `null` = nothing of it will be released. */
  readonly answer: PermittedAnswer | null;
}

const FAILED: Recorded = { outcome: 'FAILED', codes: ['INTERNAL'], answer: null };
const ENDED: Recorded = { outcome: 'REFUSED', codes: ['BASIS_ENDED'], answer: null };

/** What is thrown refuses the whole where it says so, as for a client that asks for too much. */
function endedBy(error: unknown): Recorded {
  const code = error instanceof GraphQLError ? codeIn(error.extensions) : 'INTERNAL';
  return code === 'INTERNAL' ? FAILED : { outcome: 'REFUSED', codes: [code], answer: null };
}

async function record(
  { context, operation, queryHash }: OperationRequest,
  { outcome, codes, answer }: Recorded,
  { auditLog, now = Date.now }: AuditOptions,
): Promise<void> {
  const { hub, traceparent, decisions: collector } = context;
  if (hub === null) throw new Error('an audit log needs a caller');
  const decisions = collector.all();
  const written = requestRecord(
    { hub, traceparent, operation: { node: operation, hash: queryHash }, now: now() },
    { outcome, codes, forbidden: answer?.forbidden ?? [], decisions, shown: answer?.shown ?? NOTHING_SHOWN },
  );
  const emergency = decisions.some(({ visible, emergencyUntil }) => visible && emergencyUntil !== null);
  await (emergency ? auditLog.appendThroughSpool(written) : auditLog.append(written));
}

/**
 * The decisions about persons of whom something was shown, as `Person` or beside it, whole: a facet's source, a gap of
 * the timeline or a life stage rests on categories that do not show themselves, and an own view on being the guardian.
 */
function reliedOn(decisions: readonly CollectedDecision[], { shown }: PermittedAnswer): readonly CollectedDecision[] {
  return decisions.filter(
    ({ decision }) =>
      decision.personId !== null && (shown.persons.has(decision.personId) || shownBeside(decision, shown).size > 0),
  );
}

/** Failed by what a source did, refused where every root field is null for want of a right or a basis, else answered. */
function outcomeOf({ data, errors = [] }: Answer): Pick<Recorded, 'outcome' | 'codes'> {
  const codes = errors.map(({ extensions }: GraphQLFormattedError) => codeIn(extensions));
  if (Object.values(data ?? {}).some((value) => value !== null)) return { outcome: 'ANSWERED', codes };
  const failed = codes.some((code) => code.startsWith('SOURCE_') || code === 'INTERNAL');
  return { outcome: failed ? 'FAILED' : 'REFUSED', codes };
}

/** That an answer rests on an emergency access is said beside it, to whoever reads it. */
function withEmergencies(answer: Answer, decisions: readonly MadeDecision[]): Answer {
  const emergencyAccess = decisions.flatMap(({ personId, visible, emergencyUntil }) =>
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

function isIntrospection({ operation }: OperationRequest): boolean {
  const { selections } = operation.selectionSet;
  return selections.length > 0 && selections.every((one) => one.kind === Kind.FIELD && one.name.value.startsWith('__'));
}
