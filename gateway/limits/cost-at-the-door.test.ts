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
    const burst = 60 + Math.ceil(PAGE.length / 4);
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
      ['is valid', (i: number) => `{ __typename } #${i}${' '.repeat(94)}`],
      ['is not valid', (i: number) => `{ no } #${i}${' '.repeat(102)}`],
    ])('is spent by reading what is new and %s', async (_, textOf) => {
      const { post } = await opened(bounds(), () => 'school');
      for (const i of [0, 1]) expect((await post({ query: textOf(i) })).status).not.toBe(429);
      const { status, errors } = await post({ query: textOf(2) });
      expect([status, errors[0]?.extensions]).toEqual([
        429,
        { code: 'RATE_LIMITED', cost: { estimated: 28, max: 50 } },
      ]);
    });

    test('is nobody’s where nobody in particular asks', async () => {
      const { post } = await opened(bounds());
      for (let i = 0; i < 3; i += 1) expect((await post(asking(49))).status).toBe(200);
    });
  });
});
