import { beforeEach, describe, expect, test } from '@jest/globals';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { QueryPlan } from '@apollo/query-planner';
import { buildSchema, type DocumentNode, Kind, parse, print } from 'graphql';
import { gatewayContext } from '../gateway-context.ts';
import { rewrittenOperations } from '../permissions/rewritten-operations.ts';
import type { PermissionTable } from '../../schema/permission-table.ts';
import { FREE_WORK } from '../limits/charged-work.ts';
import { compiledOperations } from './compiled-operations.ts';
import type { OperationRequest } from './engine.ts';
import { introspection } from './introspection.ts';
import { planKeys } from './plan-keys.ts';
import { requirementsIn } from './requirements.ts';

const schema = buildSchema('type Query { a(x: Int): String  b: String  c: String }');

let planned: string[] = [];
let failing = false;
/** When the planner comes to it. */
let turn: Promise<void>;
beforeEach(() => {
  planned = [];
  failing = false;
  turn = Promise.resolve();
});

function operations(work = FREE_WORK, { maxCharacters = 1_000_000 } = {}) {
  return compiledOperations({
    work,
    maxCharacters,
    supergraph: {
      apiSchema: schema,
      fullSchema: schema,
      interfaceObjects: new Set(),
      requirements: requirementsIn(schema),
      subgraphs: [],
      keys: planKeys('type Query { a: Int }'),
      plan: async (document, { isWanted, begin, took }) => {
        const operation = print(document);
        await turn;
        if (!isWanted()) throw new Error('nobody waits');
        begin?.();
        took?.(4);
        planned.push(operation.replaceAll(/\s+/g, ' '));
        if (failing) throw new Error('cannot be planned');
        return { kind: 'QueryPlan', node: { kind: 'Fetch', serviceName: 's', operation } } as QueryPlan;
      },
      stop: async () => {},
    },
    sourceOf: () => async () => ({ data: { a: 'A', b: 'B', c: 'C' } }),
    sameSet: (set) => set,
    introspect: introspection(schema),
  });
}

function requestOf(
  text: string,
  variables: Record<string, unknown> = {},
  { operationName = null as string | null, signal = new AbortController().signal, client = null as string | null } = {},
): OperationRequest {
  const document = parse(text);
  const operation = document.definitions.find(
    (one) => one.kind === Kind.OPERATION_DEFINITION && (one.name?.value ?? null) === operationName,
  );
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('an operation expected');
  const context = gatewayContext({
    hub: client === null ? null : { requestId: 'r', caller: { client } as never, purpose: 'CARE', signal },
    requestId: 'r',
    signal,
    traceparent: null,
  });
  return { document, operation, operationName, variables, queryHash: text, context };
}

const askedOf = (request: OperationRequest, document: DocumentNode = request.document) => ({
  document,
  key: `${request.queryHash} ${request.operationName ?? ''}`,
  size: 100,
  permitted: null,
});

describe('an operation is compiled', () => {
  test('once', async () => {
    const compiledOf = operations();
    const request = requestOf('{ a }');
    const [one, other] = await Promise.all([
      compiledOf(askedOf(request), request),
      compiledOf(askedOf(request), request),
    ]);
    expect(other).toBe(one);
    expect(compiledOf(askedOf(request), request)).toBe(one);
    expect(planned).toHaveLength(1);
  });

  test('case 41: once for all who wait for it, who go on one in a turn of the event loop', async () => {
    const compiledOf = operations();
    const request = requestOf('{ a }');
    let [gone, mostAtOnce] = [0, 0];
    const all = Array.from({ length: 5 }, async () => {
      await compiledOf(askedOf(request), request);
      gone += 1;
    });
    for (let before = 0; before < all.length; before = gone) {
      await new Promise(setImmediate);
      mostAtOnce = Math.max(mostAtOnce, gone - before);
    }
    expect(mostAtOnce).toBe(1);
    await Promise.all(all);
  });

  test('again when it could not be planned, which each who waited is told', async () => {
    const compiledOf = operations();
    const request = requestOf('{ a }');
    failing = true;
    const both = await Promise.allSettled([
      compiledOf(askedOf(request), request),
      compiledOf(askedOf(request), request),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(planned).toHaveLength(1);
    failing = false;
    await expect(compiledOf(askedOf(request), request)).resolves.toBeDefined();
    expect(planned).toHaveLength(2);
  });

  test('as long as somebody waits', async () => {
    const compiledOf = operations();
    const [first, second] = [new AbortController(), new AbortController()];
    const begin = Promise.withResolvers<void>();
    turn = begin.promise;
    const both = [first, second].map(async ({ signal }) => {
      const request = requestOf('{ a }', {}, { signal });
      return compiledOf(askedOf(request), request);
    });
    first.abort();
    begin.resolve();
    const [one, other] = await Promise.all(both);
    expect(other).toBe(one);
    const request = requestOf('{ c }', {}, { signal: first.signal });
    await expect(compiledOf(askedOf(request), request)).rejects.toThrow('nobody waits');
    expect(planned).toEqual(['{ a }']);
  });

  test('for each operation of a document, with its parts only', async () => {
    const compiledOf = operations();
    for (const name of ['A', 'B', 'A']) {
      const request = requestOf(
        'query A { ...F } query B { b } fragment F on Query { a }',
        {},
        { operationName: name },
      );
      await compiledOf(askedOf(request), request);
    }
    expect(planned).toEqual(['query A { ...F } fragment F on Query { a }', 'query B { b }']);
  });

  test('for each case of its conditions that is asked, not for values that decide nothing', async () => {
    const compiledOf = operations();
    const text = 'query ($x: Int, $s: Boolean = true, $i: Boolean!) { a(x: $x) b @skip(if: $s) c @include(if: $i) }';
    const answers = [];
    for (const variables of [
      { i: true },
      { i: true, x: 1 },
      { i: true, s: true, x: 2 },
      { i: false, s: false },
      { i: false },
      { i: true, s: false },
    ]) {
      const request = requestOf(text, variables);
      const run = await compiledOf(askedOf(request), request);
      answers.push((await run(variables, request.context)).data);
    }
    expect(answers).toEqual([
      { a: 'A', c: 'C' },
      { a: 'A', c: 'C' },
      { a: 'A', c: 'C' },
      { a: 'A', b: 'B' },
      { a: 'A' },
      { a: 'A', b: 'B', c: 'C' },
    ]);
    expect(planned).toHaveLength(4);
    expect(planned.join()).not.toMatch(/@|\$s|\$i/);
  });

  test('apart for what callers may read', async () => {
    const compiledOf = operations();
    const table: PermissionTable = new Map([
      ['Query.a', { classification: 'HUB', scopes: [['read-a']] }],
      ['Query.b', { classification: 'HUB', scopes: [['read-b']] }],
    ]);
    const rewritten = rewrittenOperations({ schema, table });
    const request = requestOf('{ a b }');
    const dataFor = async (...scopes: string[]) => {
      const operation = rewritten(request, scopes);
      const run = await compiledOf({ ...operation, permitted: { table, forbidden: operation.forbidden } }, request);
      const { data, forbidden } = await run({}, request.context);
      return [data, forbidden.map(({ path }) => path?.join('.'))];
    };
    expect(await dataFor('read-a', 'read-b')).toEqual([{ a: 'A', b: 'B' }, []]);
    expect(await dataFor('read-a')).toEqual([{ a: 'A', b: null }, ['b']]);
    expect(await dataFor()).toEqual([{ a: null, b: null }, ['a', 'b']]);
    expect(await dataFor('read-b', 'read-a', 'of no field')).toEqual([{ a: 'A', b: 'B' }, []]);
    expect(await dataFor('read-b')).toEqual([{ a: null, b: 'B' }, ['a']]);
    expect(planned).toHaveLength(4);
  });
});

describe('a plan is charged', () => {
  /** Work that tells what was charged; who is named owes. */
  function bill(...owing: readonly string[]) {
    const charged: [string | null, number][] = [];
    const work = {
      ...FREE_WORK,
      planned: (cpuMs: number, client: string | null) => void charged.push([client, cpuMs]),
      expectPaid: (client: string | null) => {
        if (owing.includes(client ?? '')) throw new Error('owes');
      },
    };
    return { work, charged };
  }

  test('to the client that asked first, not to who asks when it is known', async () => {
    const { work, charged } = bill();
    const compiledOf = operations(work);
    for (const client of ['school', 'school', 'clinic']) {
      const request = requestOf('{ a }', {}, { client });
      await compiledOf(askedOf(request), request);
    }
    expect(charged).toEqual([['school', 4]]);
  });

  test('for each case of its conditions', async () => {
    const { work, charged } = bill();
    const compiledOf = operations(work);
    for (const s of [true, false, true]) {
      const request = requestOf('query ($s: Boolean!) { a b @skip(if: $s) }', { s }, { client: 'school' });
      await compiledOf(askedOf(request), request);
    }
    expect(charged).toHaveLength(2);
  });

  test('and not made for who owes; who asks for the same meanwhile has it', async () => {
    const { work } = bill('school');
    const compiledOf = operations(work);
    const asked = async (client: string) => {
      const request = requestOf('{ a }', {}, { client });
      return compiledOf(askedOf(request), request);
    };
    const [owing, other] = await Promise.allSettled([asked('school'), asked('clinic')]);
    expect([owing.status, other.status]).toEqual(['rejected', 'fulfilled']);
    expect(planned).toEqual(['{ a }']);
    // What is known costs nobody anything.
    await expect(asked('school')).resolves.toBeDefined();
  });
});

test('case 41: what is new is compiled at its client’s pace, what is known at once', async () => {
  const turns: [string, string | null][] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const turn = async (kind: string, client: string | null) => {
    turns.push([kind, client]);
    return promise;
  };
  const compiledOf = operations({ ...FREE_WORK, turn });
  const request = requestOf('{ a }', {}, { client: 'school' });
  const pending = compiledOf(askedOf(request), request);
  await new Promise(setImmediate);
  expect(planned).toEqual([]);
  resolve();
  const run = await pending;
  expect(compiledOf(askedOf(request), request)).toBe(run);
  expect(turns).toEqual([['plan', 'school']]);
});

test('very many small operations are not all kept', async () => {
  const compiledOf = operations(FREE_WORK, { maxCharacters: 200_000 });
  const requests = Array.from({ length: 1_200 }, (_, i) => requestOf(`{ a${i}: a }`));
  for (const request of requests) await compiledOf({ ...askedOf(request), size: 10 }, request);
  const [first, last] = [requests[0], requests.at(-1)];
  if (first === undefined || last === undefined) throw new Error('requests expected');
  planned = [];
  await compiledOf(askedOf(last), last);
  expect(planned).toEqual([]);
  await compiledOf(askedOf(first), first);
  expect(planned).toHaveLength(1);
});

test('nothing of the request that an operation was compiled for is kept with it', async () => {
  const compiledOf = operations();
  const asked = { document: parse('{ a }'), key: 'k', size: 100, permitted: null };
  let request: OperationRequest | null = requestOf('{ a }', { secret: 'of a person' });
  const kept = new WeakRef(request);
  const run = await compiledOf(asked, request);
  request = null;
  await new Promise(setImmediate);
  collectGarbage();
  expect(kept.deref()).toBeUndefined();
  expect(run).toBeDefined();
});

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}
