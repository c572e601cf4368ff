import { describe, expect, test } from '@jest/globals';
import type { FetchNode, QueryPlan } from '@apollo/query-planner';
import { buildSchema, parse, print } from 'graphql';
import { octetsOf } from '../../subgraph-sources/passed-text.ts';
import { compileOperation, type CompileOptions } from '../compile-operation.ts';
import { introspection } from '../introspection.ts';
import { planKeys } from '../plan-keys.ts';
import { requirementsIn } from '../requirements.ts';
import { passingReader } from './passing-reader.ts';
import { JOINT, MOST_PATTERN, type PatternRoom, patternRoom } from './pattern-room.ts';

test('what does not fit takes no room', () => {
  const room = patternRoom(10);
  expect(['1234567', '1234', '123', '1'].map(room.takes)).toEqual([true, false, true, false]);
  expect(room.taken()).toBe(10);
});

const LEAVES = ['String', 'Int', 'Float', 'Boolean', 'Any', '[Any]', '[[Float]]', 'Kind'];
const NAMES = Array.from({ length: 95 }, (_, i) => `f${i}`);
const schemaOf = (leaf: string) =>
  buildSchema(`
    type Query { me: Home  nothing: Int }
    type Home { ${NAMES.map((name) => `${name}: ${leaf}`).join(' ')} }
    scalar Any
    enum Kind { FLAT HOUSE }
  `);

function readerOf(operation: string, { schema, room }: { schema: ReturnType<typeof schemaOf>; room: PatternRoom }) {
  const fetch = { kind: 'Fetch', serviceName: 's', operation } as FetchNode;
  return passingReader(fetch, parse(operation), { schema, isUntouched: () => true, room });
}

/** So many root fields, each with so many fields of the same type. */
const asking = (roots: number, fields: number) =>
  `{ ${Array.from({ length: roots }, (_, i) => `r${i}: me { ${NAMES.slice(0, fields).join(' ')} }`).join(' ')} }`;

describe.each(LEAVES)('fields of type %s', (leaf) => {
  const schema = schemaOf(leaf);

  test('pass through while the pattern is short enough, and are parsed beyond', () => {
    const room = patternRoom();
    const fits = (roots: number) => readerOf(asking(roots, 20), { schema, room: patternRoom() }) !== null;
    const most = Array.from({ length: 20 }, (_, i) => i + 1).filter(fits).length;
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThan(20);
    expect(readerOf(asking(most, 20), { schema, room })).not.toBeNull();
    expect(room.taken()).toBeGreaterThan(MOST_PATTERN / 2);
    expect(room.taken()).toBeLessThanOrEqual(MOST_PATTERN);
  });

  test('are parsed in the largest operation that may be asked', () => {
    const room = patternRoom();
    expect(readerOf(asking(20, 95), { schema, room })).toBeNull();
    expect(room.taken()).toBe(0);
  });

  test('are each followed by a joint: what comes behind is compiled once', () => {
    const sources: string[] = [];
    const room = { ...patternRoom(), takes: (source: string) => sources.push(source) > 0 };
    readerOf(asking(2, 5), { schema, room });
    expect(sources[0]?.match(/"f\d":/g)).toHaveLength(10);
    expect(sources[0]?.split(JOINT)).toHaveLength(1 + 10 + 2);
  });
});

test('fetches of one operation share the room', () => {
  const schema = schemaOf('String');
  const room = patternRoom();
  const asked = asking(1, 60);
  const readers = Array.from({ length: 4 }, () => readerOf(asked, { schema, room }));
  expect(readers.map((reader) => reader !== null)).toEqual([true, true, false, false]);
  expect(readers[1]?.(octetsOf('{"data":{"r0":null}}'))).not.toBeNull();
});

test('a compiled operation is as large as its plan and the patterns for what passes through', async () => {
  const schema = schemaOf('String');
  const planOf = (query: string) =>
    ({ kind: 'QueryPlan', node: { kind: 'Fetch', serviceName: 's', operation: query } }) as QueryPlan;
  const supergraph: CompileOptions['supergraph'] = {
    apiSchema: schema,
    fullSchema: schema,
    interfaceObjects: new Set(),
    requirements: requirementsIn(schema),
    subgraphs: [],
    keys: planKeys('type Query { nothing: Int }'),
    plan: async (document) => planOf(print(document)),
    stop: async () => {},
  };
  const beyondPlan = async (query: string) => {
    const { size } = await compileOperation(parse(query), {
      supergraph,
      sourceOf: () => async () => ({ data: null }),
      permitted: null,
      sameSet: (set) => set,
      introspect: introspection(schema),
      turn: { client: null, isWanted: () => true },
    });
    return size - JSON.stringify([planOf(print(parse(query)))]).length;
  };
  const room = patternRoom();
  readerOf('{ me { f1 f2 } }', { schema, room });
  expect(room.taken()).toBeGreaterThan(100);
  expect(await beyondPlan('{ me { f1 f2 } }')).toBe(room.taken());
  expect(await beyondPlan('{ nothing }')).toBe(0);
});
