import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { traceparentOf } from '../../adapters/shared/trace-context.ts';
import { isWatched, type RequestWork, watched, work } from '../../adapters/shared/watched-work.ts';
import { isErrorCode } from '../error-codes.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { ChargedWork } from '../limits/charged-work.ts';
import type { FairShares } from '../limits/fair-shares.ts';
import { LIMITS } from '../limits/limits.ts';
import { answerText } from './answer-text.ts';
import { type AnswerType, answerTypeOf } from './answer-type.ts';
import { badRequest } from './bad-request.ts';
import { type Coding, codingOf, compressed, COMPRESSED_FROM_BYTES } from './compression.ts';
import { httpOfError } from './http-of-error.ts';
import type { Outcome, Pipeline, PipelineOptions } from './pipeline.ts';
import { readBody } from './read-body.ts';
import { checkRequestHeaders } from './request-headers.ts';
import { parametersOfBody, parametersOfSearch, type RequestParameters } from './request-parameters.ts';

export interface GraphqlDoorOptions {
  readonly pipeline: Pipeline;
  readonly contextOf: (request: IncomingMessage, response: ServerResponse) => Promise<GatewayContext>;
  readonly formatError: PipelineOptions['formatError'];
  /** Told of a request of a known caller that is none. */
  readonly refused: PipelineOptions['refused'];
  /** Shared by all whom this process serves. */
  readonly inTurn: FairShares;
  /** Whom reading a request is charged to now. */
  readonly charged: () => ChargedWork;
  /** Whether answers are compressed for those who take it. */
  readonly compression: boolean;
  /** What every answer says besides. */
  readonly headers: Readonly<Record<string, string>>;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

export interface GraphqlDoor {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** From now on every answer closes its connection. */
  stop(): void;
}

/** Who has spent what one may, and who is nobody: told at once they could ask again at once, and that would be work as well. */
const TOLD_LATE: ReadonlySet<number> = new Set([401, 429]);
const LATE_MS = 250;

/** GraphQL over HTTP: from a request to the bytes of its answer, whichever pipeline runs the operation. */
export function graphqlDoor(options: GraphqlDoorOptions): GraphqlDoor {
  const { pipeline, contextOf, formatError, refused, inTurn, charged, compression, headers: constant } = options;
  const { pause = delay } = options;
  let stopping = false;
  const refusal = (error: unknown): Outcome => {
    const graphqlError = error instanceof GraphQLError ? error : new GraphQLError('unexpected');
    return { response: { errors: [formatError(graphqlError.toJSON(), error)] }, ...httpOfError(error) };
  };

  /** What a request consists of; with a record of the refusal where that cannot be read. */
  const readOf = async <T>(context: GatewayContext, read: () => T | Promise<T>): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      if (error instanceof GraphQLError) await refused({ context, errors: [error], operation: null });
      throw error;
    }
  };

  const outcomeOf = async (request: IncomingMessage, response: ServerResponse, type: AnswerType) => {
    // Of a stranger not even the body is read.
    const context = await contextOf(request, response);
    const client = context.hub?.caller.client ?? null;
    const work = charged();
    work.seen(client);
    work.expectPaid(client);
    // Of one that is too large so much is read.
    let bodyBytes: number = LIMITS.bodyBytes;
    try {
      const body =
        request.method === 'GET'
          ? null
          : await readOf(context, async () => readBody(request, { maxBytes: LIMITS.bodyBytes }));
      if (body === null && request.method !== 'GET') return null;
      bodyBytes = body?.length ?? 0;
      // Whose turn it is comes before any work on what was sent.
      const outcome = await inTurn({ client, signal: context.signal, bytes: bodyBytes }, async () =>
        pipeline(await readOf(context, () => parametersOf(request, body)), context, request.headers),
      );
      return type === 'application/json' ? asLegacyJson(outcome) : outcome;
    } finally {
      // Afterwards, as an operation may cost all that its client has.
      const { rawHeaders, url } = request;
      work.read({ rawHeaders, url, bodyBytes }, client);
    }
  };

  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    tell?: (outcome: Outcome) => void,
  ): Promise<void> => {
    const type = answerTypeOf(request.headers.accept);
    const coding = compression ? codingOf(request.headers['accept-encoding']) : null;
    try {
      if (type === null)
        throw badRequest('Accept must allow application/graphql-response+json or application/json.', { status: 406 });
      checkRequestHeaders(request.method, request.headers);
      const outcome = await outcomeOf(request, response, type);
      if (outcome === null) return;
      tell?.(outcome);
      await answered(response, outcome, { type, coding });
    } catch (error) {
      const outcome = refusal(error);
      tell?.(outcome);
      await answered(response, outcome, { type: type ?? 'application/json', coding });
    }
  };

  /** A request that somebody watches. */
  const seen = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const traceparent = traceparentOf(request.headers.traceparent);
    const asked: RequestWork = { traceparent, status: null, codes: [] };
    const tell = ({ status, response: { errors = [] } }: Outcome) => {
      asked.status = status;
      asked.codes = errors.map(({ extensions }) => (isErrorCode(extensions?.code) ? extensions.code : 'INTERNAL'));
    };
    return watched(work.request, asked, async () => answer(request, response, tell));
  };

  const answered: typeof send = async (response, outcome, how) => {
    if (TOLD_LATE.has(outcome.status)) await Promise.race([pause(LATE_MS), once(response, 'close')]);
    return send(response, outcome, how);
  };

  /** Writes the answer. What was not read of the request ends with its connection. */
  const send = async (
    response: ServerResponse,
    { response: answered, status, headers }: Outcome,
    { type, coding }: { type: AnswerType; coding: Coding | null },
  ): Promise<void> => {
    const { text, encoding } = answerText(answered);
    const bytes = Buffer.byteLength(text, encoding);
    const asked = coding !== null && bytes >= COMPRESSED_FROM_BYTES ? coding : null;
    const body = asked === null ? text : await compressed(Buffer.from(text, encoding), asked);
    if (response.destroyed || response.headersSent) return;
    const closing = stopping || hasUnreadBody(response.req);
    response.writeHead(status, {
      ...constant,
      'content-type': `${type}; charset=utf-8`,
      'content-length': typeof body === 'string' ? bytes : body.length,
      ...(asked !== null && { 'content-encoding': asked }),
      ...(closing && { connection: 'close' }),
      ...headers,
    });
    response.end(body, encoding);
  };

  return {
    // Nothing of one request may end the process that serves the others.
    handle: (request, response) => {
      const done = isWatched(work.request) ? seen(request, response) : answer(request, response);
      void done.catch(() => response.destroy());
    },
    stop: () => {
      stopping = true;
    },
  };
}

function hasUnreadBody({ complete, headers }: IncomingMessage): boolean {
  return !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);
}

/** `body` is `null` of a GET, which has its parameters in its address. */
function parametersOf({ url = '' }: IncomingMessage, body: Buffer | null): RequestParameters {
  if (body !== null) return parametersOfBody(body);
  const mark = url.indexOf('?');
  return parametersOfSearch(mark < 0 ? '' : url.slice(mark));
}

/**
 * The older media type says nothing about whose answer it is, so that the specification wants 200 for every well-formed
 * request of which the answer tells the mistake. A limit, and what HTTP itself refuses, keeps its status.
 */
function asLegacyJson(outcome: Outcome): Outcome {
  const { response, status } = outcome;
  return status === 400 && (response.errors ?? []).every(isRequestError) ? { ...outcome, status: 200 } : outcome;
}

function isRequestError({ extensions }: GraphQLFormattedError): boolean {
  return extensions?.code === 'BAD_USER_INPUT' || extensions?.code === 'PERSISTED_QUERY_NOT_FOUND';
}
