import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { parse } from 'graphql';
import { SourceError } from '../../adapters/shared/source-error.ts';
import type { SubgraphOperation } from '../../subgraphs/shared/subgraph.ts';
import { type GatewayContext, gatewayContext } from '../gateway-context.ts';
import { sharedCalls, type SharedCallsOptions } from './shared-calls.ts';
import type { SubgraphAnswer } from './subgraph-source.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const QUERY =
  'query ($representations: [_Any!]!, $since: Date) { _entities(representations: $representations) { id } }';
const document = parse(QUERY);

type Entities = readonly string[];
/** Answers with the ids that it was asked for. */
const echo = async (ids: Entities): Promise<SubgraphAnswer> => ({ data: { _entities: ids.map((id) => ({ id })) } });
const echoAll: Together = async (operations) => Promise.all(operations.map(echo));

type Together = (
  operations: readonly Entities[],
  signal: AbortSignal,
) => Promise<readonly (SubgraphAnswer | SourceError)[]>;

/**
 * What asks for these ids, and the requests that the subgraph saw: `a` and `b` alone, `a&b` merged, `a|b` side by side.
 */
function sharingWith(
  { together = echoAll, alone = echo }: { together?: Together; alone?: typeof echo } = {},
  options: Partial<SharedCallsOptions> = {},
) {
  const seen: string[] = [];
  const idsOf = ({ variables = {} }: SubgraphOperation) =>
    (variables.representations as { id: string }[]).map(({ id }) => id);
  const ask = sharedCalls(
    {
      alone: async (operation) => {
        seen.push(idsOf(operation).join('+'));
        return alone(idsOf(operation));
      },
      together: async (asked, signal) => {
        const operations = asked.map(({ operation }) => idsOf(operation));
        seen.push(operations.map((ids) => ids.join('&')).join('|'));
        return together(operations, signal);
      },
    },
    { source: 'health', merging: true, maxOperations: 1, maxWeight: 200, ...options },
  );
  const of = async (
    ids: string,
    {
      query = QUERY,
      variables = {},
      ...context
    }: Partial<GatewayContext> & { query?: string; variables?: object } = {},
  ) => {
    const representations = [...ids].map((id) => ({ __typename: 'Person', id }));
    const signal = new AbortController().signal;
    const answer = await ask(
      { query, document: query === QUERY ? document : parse(query), variables: { ...variables, representations } },
      { ...gatewayContext({ hub: null, requestId: 'r-1', signal, traceparent: null }), ...context },
    );
    const entities = answer.data?._entities as { id: string }[] | undefined;
    return entities?.map(({ id }) => id).join('') ?? 'no data';
  };
  return { seen, of };
}

/** What the calls came to, once this time has passed. */
async function outcomes(calls: readonly Promise<string>[], afterMs = 0) {
  const settled = Promise.all(calls.map((call) => call.catch((error: SourceError) => error.code)));
  await jest.advanceTimersByTimeAsync(afterMs);
  return Promise.race([settled, Promise.resolve('nothing yet')]);
}

const unavailable = () => Promise.reject(new SourceError('SOURCE_UNAVAILABLE', { source: 'health' }));
const hanging = () => new Promise<never>(() => {});

describe('calls that leave together', () => {
  test('are one, and each gets its own', async () => {
    const { seen, of } = sharingWith();
    expect(await outcomes([of('ab'), of('c'), of('de')])).toEqual(['ab', 'c', 'de']);
    expect(seen).toEqual(['a&b&c&d&e']);
  });

  test('a single one goes as it came, and so does the next turn', async () => {
    const { seen, of } = sharingWith();
    expect(await outcomes([of('a')])).toEqual(['a']);
    expect(await outcomes([of('b')])).toEqual(['b']);
    expect(seen).toEqual(['a', 'b']);
  });

  test.each([
    ['another operation', { query: QUERY.replace('{ id }', '{ id __typename }') }],
    ['other variables', { variables: { since: '2026' } }],
    ['another trace', { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }],
  ])('%s is another call', async (_, other) => {
    const { seen, of } = sharingWith();
    expect(await outcomes([of('a'), of('b', other), of('c'), of('d', other)])).toEqual(['a', 'b', 'c', 'd']);
    expect(seen).toEqual(['a&c', 'b&d']);
  });

  test('do not wait for company where there has been none, until there is', async () => {
    const { seen, of } = sharingWith();
    for (let i = 0; i < 8; i += 1) await outcomes([of('x')]);
    seen.length = 0;
    const [a, b, c] = [of('a'), of('b'), of('c')];
    expect(seen).toEqual(['a']);
    expect(await outcomes([a, b, c])).toEqual(['a', 'b', 'c']);
    expect(await outcomes([of('d'), of('e')])).toEqual(['d', 'e']);
    expect(seen).toEqual(['a', 'b&c', 'd&e']);
  });

  test('leave nothing behind', async () => {
    const { signal } = new AbortController();
    const { of } = sharingWith();
    await outcomes([of('a', { signal }), of('b', { signal })]);
    expect([jest.getTimerCount(), getEventListeners(signal, 'abort')]).toEqual([0, []]);
  });

  test('not too many of them', async () => {
    const { seen, of } = sharingWith({}, { maxWeight: 3 });
    expect(await outcomes(['a', 'bc', 'd', 'efg', 'h'].map((ids) => of(ids)))).toEqual(['a', 'bc', 'd', 'efg', 'h']);
    expect(seen.toSorted()).toEqual(['a&b&c', 'd&h', 'e+f+g']);
  });

  test('what asks for more than entities goes alone', async () => {
    const { seen, of } = sharingWith();
    const query = QUERY.replace(/}$/, ' other }');
    await outcomes([of('a', { query }), of('b', { query })]);
    expect(seen).toEqual(['a', 'b']);
  });
});

describe('for a subgraph that takes several operations in a request', () => {
  const other = { query: QUERY.replace('{ id }', '{ id __typename }') };
  const batches = { maxOperations: 3 };

  test('what differs goes side by side, what is alike merged', async () => {
    const { seen, of } = sharingWith({}, batches);
    expect(await outcomes([of('a'), of('b', other), of('c')])).toEqual(['a', 'b', 'c']);
    expect(seen).toEqual(['a&c|b']);
  });

  test('where somebody is named nothing is merged', async () => {
    const { seen, of } = sharingWith({}, { ...batches, merging: false });
    expect(await outcomes(['ab', 'c', 'd', 'e'].map((ids) => of(ids)))).toEqual(['ab', 'c', 'd', 'e']);
    expect(seen).toEqual(['a&b|c|d', 'e']);
  });

  test('not too heavy a request', async () => {
    const { seen, of } = sharingWith({}, { ...batches, merging: false, maxWeight: 3 });
    await outcomes(['ab', 'cd', 'e', 'fgh'].map((ids) => of(ids)));
    expect(seen).toEqual(['f+g+h', 'a+b', 'c&d|e']);
  });

  test('what one of them is refused does not touch the others, and is not asked again', async () => {
    const invalid = new SourceError('SOURCE_INVALID', { source: 'health' });
    const together: Together = async ([, ...asked]) => [
      invalid,
      ...(await echoAll(asked, new AbortController().signal)),
    ];
    const { seen, of } = sharingWith({ together }, { ...batches, merging: false });
    expect(await outcomes([of('a'), of('b')])).toEqual(['SOURCE_INVALID', 'b']);
    expect(seen).toEqual(['a|b']);
  });

  test('when there is no answer for all, each asks alone', async () => {
    const { seen, of } = sharingWith({ together: unavailable }, { ...batches, merging: false });
    expect(await outcomes([of('a'), of('b', other)])).toEqual(['a', 'b']);
    expect(seen).toEqual(['a|b', 'a', 'b']);
  });
});

describe('what a merged call does not give, each asks for alone', () => {
  test.each<[string, Together]>([
    ['nothing', unavailable],
    ['nonsense', async () => [new SourceError('SOURCE_INVALID', { source: 'health' })]],
    ['entities that are none', async () => [{ data: { _entities: 'x' } }]],
    ['too few', async () => [{ data: { _entities: [{ id: 'a' }] } }]],
    ['no data', async () => [{ data: null, errors: [{ message: 'x' }] }]],
    ['an error without a path', async () => [{ data: { _entities: [1, 2] }, errors: [{ message: 'x' }] }]],
  ])('%s', async (_, together) => {
    const { seen, of } = sharingWith({ together });
    expect(await outcomes([of('a'), of('b')])).toEqual(['a', 'b']);
    expect(seen).toEqual(['a&b', 'a', 'b']);
  });

  test('and who fails then fails alone', async () => {
    const { of } = sharingWith({ together: unavailable, alone: (ids) => (ids[0] === 'a' ? unavailable() : echo(ids)) });
    expect(await outcomes([of('a'), of('b')])).toEqual(['SOURCE_UNAVAILABLE', 'b']);
  });

  test('nobody waits long for another: after a moment each asks alone, and the merged call is given up', async () => {
    let given: AbortSignal | undefined;
    const together: Together = (_, signal) => {
      given = signal;
      return hanging();
    };
    const alone: typeof echo = (ids) => (ids[0] === 'a' ? hanging() : echo(ids));
    const { of } = sharingWith({ together, alone }, { patienceMs: 100 });
    const [a, b] = [of('a'), of('b')];
    expect(await outcomes([b], 99)).toBe('nothing yet');
    expect(await outcomes([b], 1)).toEqual(['b']);
    expect(given?.aborted).toBe(true);
    expect(await outcomes([a])).toBe('nothing yet');
  });

  test('for a while nothing is merged then', async () => {
    let ill = true;
    const { seen, of } = sharingWith(
      { together: async (asked, signal) => (ill ? unavailable() : echoAll(asked, signal)) },
      { restMs: 1_000 },
    );
    await outcomes([of('a'), of('b')]);
    ill = false;
    seen.length = 0;
    await outcomes([of('c'), of('d')]);
    await jest.advanceTimersByTimeAsync(1_000);
    await outcomes([of('e'), of('f')]);
    expect(seen).toEqual(['c', 'd', 'e&f']);
  });
});

describe('a request that is over', () => {
  test('leaves the others their answer', async () => {
    const client = new AbortController();
    const { of } = sharingWith({
      together: async (...asked) => new Promise((resolve) => setTimeout(resolve, 10, echoAll(...asked))),
    });
    const [a, b] = [of('a', { signal: client.signal }), of('b')];
    await jest.advanceTimersByTimeAsync(5);
    client.abort();
    expect(await outcomes([a])).toEqual(['SOURCE_TIMEOUT']);
    expect(await outcomes([b], 5)).toEqual(['b']);
  });

  test('takes the merged call with it when it was the last', async () => {
    const clients = [new AbortController(), new AbortController()] as const;
    let given: AbortSignal | undefined;
    const together: Together = (_, signal) => {
      given = signal;
      return hanging();
    };
    const { of } = sharingWith({ together });
    const calls = [of('a', { signal: clients[0].signal }), of('b', { signal: clients[1].signal })];
    await jest.advanceTimersByTimeAsync(1);
    clients[0].abort();
    expect(given?.aborted).toBe(false);
    clients[1].abort();
    expect(given?.aborted).toBe(true);
    expect(await outcomes(calls)).toEqual(['SOURCE_TIMEOUT', 'SOURCE_TIMEOUT']);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('before its call left asks for nothing', async () => {
    const client = new AbortController();
    const { seen, of } = sharingWith();
    const calls = [of('a', { signal: client.signal }), of('b')];
    client.abort();
    expect(await outcomes(calls)).toEqual(['SOURCE_TIMEOUT', 'b']);
    expect(seen).toEqual(['b']);
  });
});
