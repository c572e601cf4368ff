import { randomUUIDv7 } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { traceparentOf } from '../adapters/shared/trace-context.ts';
import { AuthenticationError } from './authentication/authentication-error.ts';
import { PurposeError, purposeOf } from './authentication/purpose-of.ts';
import type { TokenVerifier } from './authentication/token-verifier.ts';
import type { Caller } from '../subgraphs/shared/caller.ts';
import { ERROR_CODES } from './error-codes.ts';
import { type GatewayContext, gatewayContext } from './gateway-context.ts';
import type { Log } from '../subgraphs/shared/log.ts';
import { RequestDeadline } from './request-deadline.ts';

interface RequestContextOptions {
  /** `null` = anonymous mode. */
  readonly verifier: TokenVerifier | null;
  readonly requestTimeoutMs: number;
  readonly log: Log;
  /** Notes that somebody known asked for a purpose that the token does not allow (case 21). */
  readonly purposeRefused: (asked: { caller: Caller; requestId: string; traceparent: string | null }) => Promise<void>;
}

/** Makes the context of one request: who asks, for what, until when. Throws what is answered with 401 or 400. */
export function requestContext({ verifier, requestTimeoutMs, log, purposeRefused }: RequestContextOptions) {
  const allowedPurpose = async (
    { headers }: IncomingMessage,
    asked: { caller: Caller; requestId: string; traceparent: string | null },
  ) => {
    try {
      return purposeOf(headers, asked.caller);
    } catch (error) {
      await purposeRefused(asked);
      throw error;
    }
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<GatewayContext> => {
    // In order of time (RFC 9562, 5.7): the audit log finds records by it, and neighbours share pages of its index.
    const requestId = randomUUIDv7();
    const signal = endOfRequest(response, requestTimeoutMs);
    const traceparent = traceparentOf(request.headers.traceparent);
    if (verifier === null) return gatewayContext({ hub: null, requestId, signal, traceparent });
    try {
      const { caller, expectStanding, confirm } = await verifier.verify(valuesOf(request, 'authorization'));
      const purpose = await allowedPurpose(request, { caller, requestId, traceparent });
      const orRefused = async (check: Promise<void>) =>
        check.catch((error: unknown) => {
          throw refusal(error, { requestId, log });
        });
      return gatewayContext({
        hub: { requestId, caller, purpose, signal },
        requestId,
        signal,
        traceparent,
        expectToken: async () => orRefused(expectStanding()),
        confirmToken: async () => orRefused(confirm()),
      });
    } catch (error) {
      throw refusal(error, { requestId, log });
    }
  };
}

/** Every value of a header as it was sent: Node keeps the first of two Authorization headers and hides the rest. */
function valuesOf({ rawHeaders }: IncomingMessage, header: string): readonly string[] {
  return rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === header);
}

/** Aborts at the deadline, and when the client goes before it has its answer. */
function endOfRequest(response: ServerResponse, timeoutMs: number): AbortSignal {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(new RequestDeadline()), timeoutMs);
  response.once('close', () => {
    clearTimeout(timer);
    if (!response.writableFinished) end.abort(new Error('the client is gone'));
  });
  return end.signal;
}

function refusal(error: unknown, { requestId, log }: { requestId: string; log: Log }): unknown {
  if (error instanceof AuthenticationError) {
    const { code, reason, advice } = error;
    log.info({ requestId, reason, ...(advice !== null && { advice }) }, 'token refused');
    const status = ERROR_CODES[code];
    const http = status === 401 ? { status, headers: new Map([['www-authenticate', 'Bearer']]) } : { status };
    return new GraphQLError(error.message, { extensions: { code, http } });
  }
  if (error instanceof PurposeError)
    return new GraphQLError(error.message, { extensions: { code: error.code, http: { status: 400 } } });
  return error;
}
