import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { gatewayContext } from '../gateway-context.ts';
import { FREE_WORK } from '../limits/charged-work.ts';
import { fairShares } from '../limits/fair-shares.ts';
import { askDoor } from './door-client.fixture.ts';
import { graphqlDoor } from './graphql-door.ts';

/** Pauses that the door asked for, in milliseconds, each with its end. */
let pauses: { readonly milliseconds: number; readonly end: () => void }[];
let paused: PromiseWithResolvers<void>;
let responses: ServerResponse[];
let server: Server;
let url: string;
beforeEach(async () => {
  pauses = [];
  responses = [];
  paused = Promise.withResolvers();
  const door = graphqlDoor({
    pipeline: async ({ query }) => ({
      response: { data: null },
      status: query === '{ tooMuch }' ? 429 : query === '{ nobody }' ? 401 : 200,
      headers: { 'retry-after': '1' },
    }),
    contextOf: async () =>
      gatewayContext({
        hub: null,
        requestId: 'request-1',
        signal: new AbortController().signal,
        traceparent: null,
      }),
    formatError: ({ message }) => ({ message }),
    refused: async () => {},
    inTurn: fairShares(),
    charged: () => FREE_WORK,
    compression: false,
    headers: {},
    pause: async (milliseconds) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      pauses.push({ milliseconds, end: resolve });
      paused.resolve();
      return promise;
    },
  });
  server = createServer((request, response) => {
    responses.push(response);
    door.handle(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/graphql`;
});
afterEach(() => {
  for (const { end } of pauses) end();
  server.closeAllConnections();
  server.close();
});

test.each([
  ['who has spent what they may', '{ tooMuch }', 429],
  ['who is nobody', '{ nobody }', 401],
])('case 46: %s is told after a quarter of a second, and others at once', async (_, query, status) => {
  let isTold = false;
  const refused = askDoor(url, { body: { query } }).finally(() => {
    isTold = true;
  });
  await paused.promise;
  expect((await askDoor(url, {})).status).toBe(200);
  expect([isTold, responses[0]?.headersSent, pauses.map(({ milliseconds }) => milliseconds)]).toEqual([
    false,
    false,
    [250],
  ]);
  pauses[0]?.end();
  expect(await refused).toMatchObject({ status, headers: { 'retry-after': '1' } });
});
