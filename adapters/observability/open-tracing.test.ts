import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { httpDoor } from '../shared/http-door.ts';
import { readPolicy } from '../shared/read-policy.ts';
import { SourceError } from '../shared/source-error.ts';
import { traceContext } from '../shared/trace-context.ts';
import { isWatched, type SubgraphWork, watched, work } from '../shared/watched-work.ts';
import { boundedNames } from './bounded-names.ts';
import { openTracing, type TracingOptions } from './open-tracing.ts';
import { type OtlpReceiver, otlpReceiver } from './otlp-receiver.fixture.ts';

let receiver: OtlpReceiver;
beforeEach(async () => {
  receiver = await otlpReceiver();
});
afterEach(async () => receiver.close());

const said: string[] = [];
const log: TracingOptions['log'] = {
  warn: (_entry, message) => void said.push(message),
  info: (_entry, message) => void said.push(message),
};

/** Traces while `doing` runs; answers the spans by name. */
async function traced(doing: () => Promise<unknown>, options: Partial<TracingOptions> = {}) {
  const { endpoint } = receiver;
  const headers = { 'x-key': 'k' };
  const tracing = openTracing({
    endpoint,
    headers,
    serviceName: 'hub',
    ratio: 1,
    named: boundedNames(),
    log,
    ...options,
  });
  try {
    await doing();
  } finally {
    await tracing.close();
  }
  return new Map(receiver.spans().map((span) => [span.name, span]));
}

const request = (traceparent: string | null = null) => ({ traceparent, status: 200, codes: [] });
const operation = { type: 'query', name: 'Profile', client: 'c', lacking: false };
const nothing = async () => {};
/** One read of a department beneath all that is above it. */
const wholeRequest = async (traceparent: string | null = null) =>
  watched(work.request, request(traceparent), async () =>
    watched(work.operation, { ...operation }, async () =>
      watched(work.subgraph, { subgraph: 'health', code: null }, async () =>
        watched(work.read, { department: 'health', category: 'visits' }, async () =>
          watched(work.attempt, { department: 'health', attempt: 1 }, nothing),
        ),
      ),
    ),
  );

test('one trace leads from the request to the department, each span beneath the one above it', async () => {
  const spans = await traced(async () => wholeRequest());
  const path = ['POST /graphql', 'query Profile', 'subgraph health', 'read health visits', 'department health'];
  expect([...spans.keys()].toSorted()).toEqual(path.toSorted());
  const inOrder = path.map((name) => spans.get(name));
  expect(new Set(inOrder.map((span) => span?.traceId)).size).toBe(1);
  expect(inOrder.slice(1).map((span) => span?.parentSpanId)).toEqual(inOrder.slice(0, -1).map((span) => span?.spanId));
  expect(inOrder[0]?.parentSpanId).toBeUndefined();
  expect(receiver.headers[0]).toMatchObject({ path: '/v1/traces', 'x-key': 'k' });
  expect(inOrder[0]?.service).toBe('hub');
});

test("a caller's trace is linked, never joined", async () => {
  const theirs = '4bf92f3577b34da6a3ce929d0e0e4736';
  const spans = await traced(async () => wholeRequest(`00-${theirs}-00f067aa0ba902b7-00`));
  const root = spans.get('POST /graphql');
  expect(root?.traceId).not.toBe(theirs);
  expect(root?.links).toEqual([{ traceId: theirs, spanId: '00f067aa0ba902b7' }]);
});

test('a subgraph alone joins the trace of its gateway, and is not traced where that is not', async () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  const served = async (subgraph: string, flags: string) =>
    watched(work.served, { subgraph, traceparent: `00-${trace}-00f067aa0ba902b7-${flags}`, codes: [] }, nothing);
  const spans = await traced(async () => Promise.all([served('health', '01'), served('union', '00')]));
  expect([...spans.values()]).toMatchObject([
    { name: 'serve health', traceId: trace, parentSpanId: '00f067aa0ba902b7' },
  ]);
});

test('of two requests at the same time each has its own trace', async () => {
  await traced(async () => Promise.all([wholeRequest(), wholeRequest()]));
  const byTrace = Map.groupBy(receiver.spans(), ({ traceId }) => traceId);
  expect([...byTrace.values()].map((spans) => spans.length)).toEqual([5, 5]);
});

test('a failure is told by its code: no message, no stack, no event', async () => {
  const failing = async () => {
    throw new SourceError('SOURCE_TIMEOUT', { source: 'health', cause: new Error('王小明 11010519491231002X') });
  };
  const spans = await traced(async () =>
    watched(work.read, { department: 'health', category: 'visits' }, failing).catch(() => {}),
  );
  expect(spans.get('read health visits')).toMatchObject({ status: { code: 2 }, events: [] });
  expect(receiver.bodies.join('')).toContain('SOURCE_TIMEOUT');
  expect(receiver.bodies.join('')).not.toMatch(/王小明|11010519491231002X|Error:/);
});

test('an answer with errors in it is no failure of the request; a status of the server is', async () => {
  const ended = async (status: number, codes: readonly string[]) =>
    watched(work.request, { traceparent: null, status, codes }, nothing);
  await traced(async () => {
    await ended(200, ['NO_BASIS', 'NO_BASIS', 'FORBIDDEN_FIELD']);
    await ended(503, ['AUDIT_UNAVAILABLE']);
  });
  const [answered, failed] = receiver.spans();
  expect(answered?.status.code ?? 0).toBe(0);
  expect(JSON.stringify(answered?.attributes)).toContain('FORBIDDEN_FIELD,NO_BASIS');
  expect(failed?.status.code).toBe(2);
});

test('the part of the requests that is traced is settled once for all that is beneath', async () => {
  const heard: (string | undefined)[] = [];
  await traced(
    async () => {
      const call: SubgraphWork = { subgraph: 'health', code: null };
      await watched(work.request, request(), async () => watched(work.subgraph, call, nothing));
      heard.push(call.traceparent);
    },
    { ratio: 0 },
  );
  expect(receiver.spans()).toEqual([]);
  expect(heard[0]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
});

test("a department's service over HTTP is told the trace; of a try that had to queue it is its own", async () => {
  const seen: IncomingHttpHeaders[] = [];
  const service = createServer(({ headers }, response) => {
    seen.push(headers);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await once(service.listen(0, '127.0.0.1'), 'listening');
  const { port } = service.address() as AddressInfo;
  const door = httpDoor({ source: 'union', baseUrl: `http://127.0.0.1:${port}/api`, concurrency: 1 });
  const read = async () => watched(work.request, request(), async () => door.get(['rows']));
  await traced(async () => Promise.all([read(), read(), read()]));
  service.closeAllConnections();
  service.close();
  const roots = receiver.spans().filter(({ name }) => name === 'POST /graphql');
  const tries = receiver.spans().filter(({ name }) => name === 'department union');
  expect(new Set(tries.map(({ parentSpanId }) => parentSpanId))).toEqual(new Set(roots.map(({ spanId }) => spanId)));
  expect(tries).toHaveLength(3);
  expect(new Set(seen.map(({ traceparent }) => traceparent))).toEqual(
    new Set(tries.map(({ traceId, spanId }) => `00-${traceId}-${spanId}-01`)),
  );
});

test('while nobody traces, nothing is watched, and a department is told nothing', async () => {
  expect(Object.values(work).filter((kind) => isWatched(kind))).toEqual([]);
  const policy = readPolicy({ source: 'union' });
  expect(await policy.run(async () => traceContext.getStore())).toBeUndefined();
});

test('a collector that takes nothing is told of once, and costs no request', async () => {
  said.length = 0;
  receiver.answer(400);
  await traced(async () => wholeRequest());
  expect(said).toEqual(['the collector takes no traces; they are dropped']);
});
