import type { Caller, PurposeOfUse } from './caller.ts';

/** What a subgraph knows of the request it serves. In one process it is handed over as an object, over HTTP as a signed assertion. */
export interface HubRequest {
  /** Ties assertion, grants and log lines of one request together. */
  readonly requestId: string;
  readonly caller: Caller;
  readonly purpose: PurposeOfUse;
  /** Aborts when the request's deadline is over or the client is gone. */
  readonly signal: AbortSignal;
}
