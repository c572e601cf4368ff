import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KeyObject } from 'node:crypto';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import { z } from 'zod';
import { traceparentOf } from '../../adapters/shared/trace-context.ts';
import { isWatched, type ServedWork, watched, work } from '../../adapters/shared/watched-work.ts';
import { ASSERTION_HEADER, openAssertion } from './assertion.ts';
import { causeForLog } from './cause-for-log.ts';
import { closingConnections } from './closing-connections.ts';
import type { Log } from './log.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import type { Subgraph } from './subgraph.ts';

interface ServeOptions {
  readonly host: string;
  readonly port: number;
  /** Opens the gateway's assertions for this subgraph. */
  readonly assertionKey: KeyObject;
  readonly timeoutMs: number;
  readonly log: Log;
}

const HEADERS = new Map(Object.entries(SECURITY_HEADERS));

/** Of one HTTP request. */
const MOST_OPERATIONS = 50;

const operationSchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});
/** Several operations of one or more requests, each with its own assertion. */
const operationsSchema = z.array(operationSchema).min(1).max(MOST_OPERATIONS);
const assertedSchema = z.object({ extensions: z.object({ [ASSERTION_HEADER]: z.string() }) });

const PROBE_TIMEOUT_MS = 1_000;

/**
 * A subgraph over HTTP, for the gateway alone: without its assertion there is no answer of any kind (cases 29, 31, 33).
 * Takes one operation, or a list of them of which each has its own assertion.
 * Listens, and answers `/livez` and `/readyz`.
 */
export async function serveSubgraph(
  subgraph: Subgraph,
  options: ServeOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const app = Fastify({
    bodyLimit: 5_000_000,
    // Before Fastify: it has answers of its own that pass by its hooks.
    serverFactory: (handle) => createServer((request, response) => handle(request, response.setHeaders(HEADERS))),
  });
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const refused = error instanceof z.ZodError || (error.statusCode ?? 500) < 500;
    if (refused) return reply.code(400).send(problem('BAD_USER_INPUT', 'The request is not valid.'));
    options.log.error({ subgraph: subgraph.name, cause: causeForLog(error) }, 'unexpected error');
    return reply.code(500).send(problem('INTERNAL', 'Internal error.'));
  });
  addOperations(app, subgraph, options);
  app.get('/livez', () => ({ status: 'live' }));
  app.get('/readyz', async (_request, reply) => {
    try {
      await subgraph.probe(AbortSignal.timeout(PROBE_TIMEOUT_MS));
      return { status: 'ready' };
    } catch {
      return reply.code(503).send({ status: 'not ready' });
    }
  });
  const stopping = closingConnections(app);
  await app.listen({ host: options.host, port: options.port });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://${options.host}:${port}/graphql`,
    close: async () => {
      stopping();
      await app.close().finally(() => subgraph.close());
    },
  };
}

function addOperations(app: FastifyInstance, subgraph: Subgraph, { assertionKey, timeoutMs, log }: ServeOptions): void {
  app.post('/graphql', async ({ headers, body, raw }, reply) => {
    const opened = assertionsOf(body, headers[ASSERTION_HEADER]).map((assertion) =>
      openAssertion(assertion, { audience: subgraph.name, key: assertionKey }),
    );
    const requests = opened.filter((request) => request !== null);
    if (requests.length < opened.length) {
      log.warn({ subgraph: subgraph.name, remote: raw.socket.remoteAddress }, 'refused a call without assertion');
      return reply.code(401).send(problem('UNAUTHENTICATED', 'This address serves the gateway of the hub only.'));
    }
    const operations = Array.isArray(body) ? operationsSchema.parse(body) : [operationSchema.parse(body)];
    const signal = endOf(reply, timeoutMs);
    const answers = await Promise.all(
      requests.map(async (request, i) => {
        const { query = '', variables, operationName } = operations[i] ?? {};
        const operation = { query, variables: variables ?? {}, operationName: operationName ?? undefined };
        const execute = async () =>
          withoutUnknown(await subgraph.execute(operation, { ...request, signal }), subgraph.name, log);
        const traceparent = Array.isArray(body) ? tracesOf(body[i]) : traceparentOf(headers.traceparent);
        return JSON.stringify(await (isWatched(work.served) ? seen(subgraph.name, traceparent, execute) : execute()));
      }),
    );
    return reply.type('application/json').send(Array.isArray(body) ? `[${answers.join(',')}]` : answers[0]);
  });
}

/** An operation that somebody watches. What the gateway says of its trace is believed: it came with the assertion. */
async function seen(subgraph: string, traceparent: string | null, execute: () => Promise<Served>): Promise<Served> {
  const served: ServedWork = { subgraph, traceparent, codes: [] };
  return watched(work.served, served, async () => {
    const answer = await execute();
    served.codes = (answer.errors ?? []).map(({ extensions }) => knownCode(extensions?.code));
    return answer;
  });
}

/** An answer as it goes out. */
interface Served extends Omit<ExecutionResult, 'errors'> {
  readonly errors?: readonly Pick<GraphQLFormattedError, 'message' | 'extensions'>[];
}

/** Codes are made by the code of the hub, which writes them in capitals. */
const knownCode = (code: unknown) => (typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : 'INTERNAL');

const tracedSchema = z.object({ extensions: z.object({ traceparent: z.unknown() }) });
const tracesOf = (one: unknown) => traceparentOf(tracedSchema.safeParse(one).data?.extensions.traceparent);

/** One for each operation: of a list each says its own, of a single one the header says it. */
function assertionsOf(body: unknown, header: string | readonly string[] | undefined): readonly (string | undefined)[] {
  if (!Array.isArray(body) || body.length === 0) return [typeof header === 'string' ? header : undefined];
  return body.map((one: unknown) => assertedSchema.safeParse(one).data?.extensions[ASSERTION_HEADER]);
}

/** Aborts at the deadline, and when the gateway goes before it has its answer. */
function endOf(reply: FastifyReply, timeoutMs: number): AbortSignal {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(new Error('deadline of the request')), timeoutMs);
  reply.raw.once('close', () => {
    clearTimeout(timer);
    if (!reply.raw.writableFinished) end.abort(new Error('the gateway is gone'));
  });
  return end.signal;
}

/** What nobody foresaw, or the store did, is logged here, where its cause is; over the wire goes that it happened and where. */
function withoutUnknown({ errors, ...result }: ExecutionResult, subgraph: string, log: Log): Served {
  if (errors === undefined) return result;
  const known = errors.map((error) => {
    const { code } = error.extensions;
    if (code === 'STORE_UNAVAILABLE') log.error({ subgraph, cause: causeForLog(error) }, 'the store could not be used');
    if (code !== undefined) return error;
    log.error({ subgraph, cause: causeForLog(error) }, 'unexpected error');
    return { message: 'Internal error.', path: error.path };
  });
  return { ...result, errors: known };
}

function problem(code: string, message: string) {
  return { errors: [{ message, extensions: { code } }] };
}
