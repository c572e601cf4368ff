import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type FrontDoor, frontDoor } from '../front-door.fixture.ts';
import { gatewayContext } from '../gateway-context.ts';
import { costRate } from './cost-rate.ts';
import type { CostBounds } from './operation-limits.ts';

const SDL = `
  type Query { page(first: Int = 5): Page @listSize(sizedFields: ["edges"]) @slicedBy(arguments: ["first"]) }
  type Page { edges: [Edge] }
  type Edge { cursor: String }
`;
const DIRECTIVES = `
  directive @listSize(sizedFields: [String!]) on FIELD_DEFINITION
  directive @slicedBy(arguments: [String!]!) on FIELD_DEFINITION
`;
const PAGE = 'query ($n: Int) { page(first: $n) { edges { cursor } } }';

describe.each(['lean', 'apollo'] as const)('%s', (handler) => {
  let door: FrontDoor;
  afterEach(() => door.close());

  /** A front door at which `client` asks; `null` = nobody in particular. */
  async function opened(costs: CostBounds, client: () => string | null = () => null): Promise<FrontDoor> {
    door = await frontDoor(`${DIRECTIVES} ${SDL}`, {
      costs,
      handler,
      contextOf: async () => {
        const [signal, requestId, name] = [new AbortController().signal, 'request-1', client()];
        const caller = {
          subject: 's',
          client: name ?? '',
          organisation: null,
          department: null,
          division: null,
          roles: [],
          scopes: [],
          purposes: [],
          personId: null,
        };
        const hub = name === null ? null : { requestId, caller, purpose: 'CARE' as const, signal };
        return gatewayContext({ hub, requestId, signal, traceparent: null });
      },
    });
    return door;
  }

  const asking = (n: number) => ({ query: PAGE, variables: { n } });

  describe('the cost beside the answer', () => {
    test('is there for whoever asks for it', async () => {
      const { post } = await opened({ maxCost: 50, rate: null });
      expect(await post(asking(4), { 'GraphQL-Cost': 'report' })).toMatchObject({
        status: 200,
        extensions: { cost: { estimated: 5, max: 50 } },
      });
    });

    test('is not there for who does not', async () => {
      const { post } = await opened({ maxCost: 50, rate: null });
      expect((await post(asking(4))).extensions).toBeUndefined();
      expect((await post(asking(4), { 'graphql-cost': 'yes' })).extensions).toBeUndefined();
    });

    test('stands in the error of what costs too much, which comes to no engine', async () => {
      const { post, executed } = await opened({ maxCost: 50, rate: null });
      expect((await post(asking(49))).status).toBe(200);
      const { status, errors } = await post(asking(50));
      expect([status, errors.map(({ extensions }) => extensions)]).toEqual([
        400,
        [{ code: 'LIMIT_EXCEEDED', limit: 'cost', cost: { estimated: 51, max: 50 } }],
      ]);
      expect(executed()).toBe(1);
    });
  });

  describe('what a client may spend', () => {
    // Enough for the text of the page, once, and an operation of 60.
    const burst = 60 + PAGE.length;
    const bounds = () => ({ maxCost: 50, rate: costRate({ perSecond: 2, burst, now: () => 0 }) });

    test('is bounded: 429, with the seconds to wait', async () => {
      const { url, post, executed } = await opened(bounds(), () => 'school');
      expect((await post(asking(49))).status).toBe(200);
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(asking(19)),
      });
      expect([response.status, response.headers.get('retry-after')]).toEqual([429, '5']);
      expect(await response.json()).toMatchObject({
        errors: [{ extensions: { code: 'RATE_LIMITED', cost: { estimated: 20, max: 50 } } }],
      });
      expect(executed()).toBe(1);
    });

    test('is each client’s own', async () => {
      let client = 'school';
      const { post } = await opened(bounds(), () => client);
      expect([(await post(asking(49))).status, (await post(asking(49))).status]).toEqual([200, 429]);
      client = 'clinic';
      expect((await post(asking(49))).status).toBe(200);
    });

    test('is not spent by what costs too much', async () => {
      const { post } = await opened(bounds(), () => 'school');
      expect([(await post(asking(50))).status, (await post(asking(49))).status]).toEqual([400, 200]);
    });

    test.each([
      ['is valid', (i: number) => `{ __typename } #${i}${' '.repeat(33)}`],
      ['is not valid', (i: number) => `{ no } #${i}${' '.repeat(41)}`],
    ])('is spent by reading what is new and %s', async (_, textOf) => {
      const { post } = await opened(bounds(), () => 'school');
      for (const i of [0, 1]) expect((await post({ query: textOf(i) })).status).not.toBe(429);
      const { status, errors } = await post({ query: textOf(2) });
      expect([status, errors[0]?.extensions]).toEqual([
        429,
        { code: 'RATE_LIMITED', cost: { estimated: 50, max: 50 } },
      ]);
    });

    describe('is spent by being read:', () => {
      // A second gives back what so many bytes cost.
      const work = { request: 0, headerLine: 0, headerByte: 0.01, bodyByte: 0.01, planningMs: 0 };
      const reading = (client: () => string | null = () => 'school') =>
        opened({ maxCost: 50, work, rate: costRate({ perSecond: 1, burst: 150, now: () => 0 }) }, client);
      const long = `"${'x'.repeat(20_000)}"`;

      test.each([
        ['what is no request', { body: long }],
        ['what is no GraphQL', { body: { query: long } }],
        ['variables that nobody asked for', { body: { query: '{ __typename }', variables: { long } } }],
        ['a body that is too large', { body: long.repeat(6) }],
        ['headers', { headers: { 'x-a': 'x'.repeat(7_000) }, body: { query: '{ __typename }' } }],
      ])('%s', async (_what, { body, headers = {} }: { body: unknown; headers?: Record<string, string> }) => {
        const { post } = await reading();
        const statuses = [];
        while (statuses.at(-1) !== 429 && statuses.length < 6) statuses.push((await post(body, headers)).status);
        expect(statuses.at(-1)).toBe(429);
        expect((await post({ query: '{ __typename }' })).errors[0]?.extensions).toEqual({ code: 'RATE_LIMITED' });
      });

      test('case 42: who owes for it is told before another body is read, and another client is not', async () => {
        let client = 'school';
        const { url, post } = await reading(() => client);
        await post(long);
        const { hostname, port } = new URL(url);
        const socket = connect(Number(port), hostname);
        socket.write(
          'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 90000\r\n\r\n',
        );
        const [answer] = await once(socket, 'data');
        expect(String(answer)).toMatch(/^HTTP\/1\.1 429 [^]*retry-after: \d+/i);
        socket.destroy();
        client = 'clinic';
        expect((await post({ query: '{ __typename }' })).status).toBe(200);
      });
    });

    test('is nobody’s where nobody in particular asks', async () => {
      const { post } = await opened(bounds());
      for (let i = 0; i < 3; i += 1) expect((await post(asking(49))).status).toBe(200);
    });
  });
});
