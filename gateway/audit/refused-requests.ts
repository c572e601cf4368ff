import type { OperationDefinitionNode } from 'graphql';
import type { AuditLog } from '../../adapters/audit/port.ts';
import type { Log } from '../../subgraphs/shared/log.ts';
import { causeForLog } from '../../subgraphs/shared/cause-for-log.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { Caller } from '../../subgraphs/shared/caller.ts';
import { codeIn } from './code-in.ts';
import { NOTHING_SHOWN } from '../permissions/shown-data.ts';
import { requestRecord } from './request-record.ts';

/** For `requestContext`: the same for a purpose that the token does not allow. */
export function refusedPurpose({ auditLog, log }: { auditLog: AuditLog; log: Log }) {
  return async ({
    caller,
    requestId,
    traceparent,
  }: {
    caller: Caller;
    requestId: string;
    traceparent: string | null;
  }) => {
    const facts = { hub: { caller, requestId, purpose: 'NOT_ALLOWED' }, traceparent, operation: null, now: Date.now() };
    await auditLog.append(requestRecord(facts, refusal(['BAD_USER_INPUT']))).catch(notWritten(log));
  };
}

/** A request that was refused before its operation ran, or whose answer has errors and no record yet. */
export interface RefusedRequest {
  readonly context: GatewayContext;
  readonly errors: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[];
  /** `null` = it did not come as far as a query. */
  readonly operation: { readonly node: OperationDefinitionNode | undefined; readonly hash: string } | null;
}

/**
 * Records what a known caller asked and was refused before anything ran: a limit, no GraphQL, a wrong variable (case 62).
 * Nothing of a person goes out with it, so a log that takes no records does not change the answer.
 */
export function refusedRequests({ auditLog, log }: { auditLog: AuditLog; log: Log }) {
  return async ({ context: { hub, audited, traceparent }, errors, operation }: RefusedRequest): Promise<void> => {
    if (hub === null || audited.recorded) return;
    audited.recorded = true;
    const codes = errors.map(({ extensions }) => codeIn(extensions));
    const facts = { hub, traceparent, operation, now: Date.now() };
    await auditLog.append(requestRecord(facts, refusal(codes))).catch(notWritten(log));
  };
}

const refusal = (codes: readonly string[]) =>
  ({ outcome: 'REFUSED', codes, forbidden: [], decisions: [], shown: NOTHING_SHOWN }) as const;

const notWritten = (log: Log) => (error: unknown) =>
  log.error({ cause: causeForLog(error) }, 'the record of a refused request was not written');
