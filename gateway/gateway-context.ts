import { type DecisionCollector, decisionCollector } from './audit/decision-collector.ts';
import type { HubRequest } from '../subgraphs/shared/hub-request.ts';

/** What travels with a request through Apollo Server. */
export interface GatewayContext {
  /** `null` in anonymous mode: no token, no permission table. */
  readonly hub: HubRequest | null;
  readonly requestId: string;
  /** Aborts when the request's deadline is over or the client is gone. */
  readonly signal: AbortSignal;
  /** Of `performance.now()`, when it was known who asks. */
  readonly receivedAt: number;
  /** W3C trace context of the caller, handed on as it came when well-formed. */
  readonly traceparent: string | null;
  /** Throws what is answered when the caller's token was withdrawn since the request came. */
  readonly expectToken: () => Promise<void>;
  /** Throws what is answered unless the sign-in server says that the caller's token still holds. */
  readonly confirmToken: () => Promise<void>;
  /** What the hub's own subgraphs decided for this request. */
  readonly decisions: DecisionCollector;
  /** Whether the request has its audit record, or is about to. */
  readonly audited: { recorded: boolean };
}

/** A context with nothing decided and nothing recorded yet. */
export function gatewayContext({
  expectToken = async () => {},
  confirmToken = async () => {},
  ...request
}: Omit<GatewayContext, 'decisions' | 'audited' | 'receivedAt' | 'expectToken' | 'confirmToken'> &
  Partial<Pick<GatewayContext, 'expectToken' | 'confirmToken'>>): GatewayContext {
  const receivedAt = performance.now();
  return {
    ...request,
    receivedAt,
    expectToken,
    confirmToken,
    decisions: decisionCollector(),
    audited: { recorded: false },
  };
}
