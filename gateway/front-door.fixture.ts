/** The front door over a schema without subgraphs: what the server itself refuses never comes to an engine. */
import { buildSchema } from 'graphql';
import { z } from 'zod';
import { silentLog } from '../subgraphs/shared/log.ts';
import type { Answer, OperationRequest } from './engine/engine.ts';
import { gatewayContext } from './gateway-context.ts';
import { chargedWork } from './limits/charged-work.ts';
import { type CostBounds, operationLimits } from './limits/operation-limits.ts';
import { type HttpServerOptions, type HttpServer, startHttpServer } from './http-server.ts';

const answerSchema = z.object({
  data: z.unknown().optional(),
  extensions: z.record(z.string(), z.unknown()).optional(),
  errors: z.array(z.looseObject({ message: z.string(), extensions: z.looseObject({ code: z.string() }) })).default([]),
});

export interface FrontDoor extends HttpServer {
  /** Posts a body: text as it is, anything else as JSON. */
  post(
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<z.infer<typeof answerSchema> & { status: number }>;
  /** How many operations came to the engine. */
  executed(): number;
}

/** Starts it on a free port. `executor` answers what passes; by default `{ __typename }`. */
export async function frontDoor(
  sdl: string,
  {
    executor,
    supergraphSdl = sdl,
    costs = { maxCost: 20_000, rate: null },
    apiSdl = sdl,
    ...options
  }: Partial<HttpServerOptions> & {
    executor?: (request: OperationRequest) => Promise<Answer>;
    supergraphSdl?: string;
    costs?: CostBounds;
    apiSdl?: string | null;
  } = {},
): Promise<FrontDoor> {
  let executed = 0;
  const schema = buildSchema(sdl);
  const server = await startHttpServer({
    engine: {
      schema,
      limits: operationLimits({ schema, supergraphSdl, costs }),
      work: chargedWork(costs),
      execute: async (request) => {
        executed += 1;
        return (await executor?.(request)) ?? { data: { __typename: 'Query' } };
      },
      apiSdl,
      stop: async () => {},
    },
    contextOf: async () =>
      gatewayContext({
        hub: null,
        requestId: 'request-1',
        signal: new AbortController().signal,
        traceparent: null,
      }),
    notReady: async () => [],
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    ...options,
  });
  return { ...server, executed: () => executed, post };

  async function post(body: unknown, headers: Readonly<Record<string, string>> = {}) {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, ...answerSchema.parse(await response.json()) };
  }
}
