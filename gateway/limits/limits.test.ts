import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { PROFILE } from '../../e2e/demo/queries.ts';
import { type FrontDoor, frontDoor } from '../front-door.fixture.ts';
import { documentMeasures } from './document-limits.ts';
import { LIMITS } from './limits.ts';
import { brokenByText } from './request-limits.ts';

const generated = (file: string) => readFileSync(new URL(`../../schema/generated/${file}`, import.meta.url), 'utf8');
const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const nested = (levels: number): unknown => (levels === 0 ? 1 : { in: nested(levels - 1) });

// `a` within `b` within … each level of `of` below is one of the schema's own recursions.
const deepType = (levels: number): string => (levels === 0 ? 'name' : `ofType { ${deepType(levels - 1)} }`);

describe.each(['lean', 'apollo'] as const)('%s', (handler) => {
  let door: FrontDoor;
  beforeAll(async () => {
    door = await frontDoor(generated('api.graphql'), { handler, supergraphSdl: generated('supergraph.graphql') });
  });
  afterAll(() => door.close());

  /** Refused by this limit alone, with HTTP 400, before any engine. */
  async function expectExceeded(limit: string, body: unknown): Promise<void> {
    const before = door.executed();
    const { status, errors, data } = await door.post(body);
    expect({ status, data, limits: errors.map(({ extensions: { code, limit: name } }) => [code, name]) }).toEqual({
      status: 400,
      data: undefined,
      limits: [['LIMIT_EXCEEDED', limit]],
    });
    expect(door.executed()).toBe(before);
  }

  describe('case 38: depth', () => {
    const person = '{ person(id: "1") { ...P } }';
    test('directly, beside a small operation that passes', async () => {
      await expectExceeded('depth', { query: `{ __type(name: "Person") { fields { type { ${deepType(14)} } } } }` });
      expect(
        (await door.post({ query: `{ __type(name: "Person") { fields { type { ${deepType(4)} } } } }` })).status,
      ).toBe(200);
    });

    test('through fragments in fragments', async () => {
      const parts = many(16, (i) => `fragment T${i} on __Type { ofType { ${i === 15 ? 'name' : `...T${i + 1}`} } }`);
      await expectExceeded('depth', { query: `{ __type(name: "Person") { ...T0 } } ${parts.join(' ')}` });
    });

    test('through the same fragment twice, the first time at the surface', async () => {
      const inner = 'fragment D on __Type { ofType { ofType { ofType { ofType { ofType { name } } } } } }';
      const query = `{ __type(name: "A") { ...D ${'ofType { '.repeat(12)} ...D ${'} '.repeat(12)} } } ${inner}`;
      await expectExceeded('depth', { query });
    });

    test('inline fragments add no depth', async () => {
      const wrapped = many(20, () => '... on Person {').join(' ');
      const query = `{ person(id: "1") { ${wrapped} id ${'}'.repeat(20)} } }`;
      expect((await door.post({ query })).status).toBe(200);
    });

    test('case 44: fragments in a circle are a mistake, not a crash', async () => {
      const query = `${person} fragment P on Person { timeline { edges { ...E } } } fragment E on TimelineEdge { ...E }`;
      const { status, errors } = await door.post({ query });
      expect([status, errors[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
    });

    test('introspection that goes round in lists', async () => {
      const query = `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`;
      await expectExceeded('introspectionLists', { query });
      const hidden = 'fragment F on __Type { fields { type { fields { type { interfaces { name } } } } }  }';
      await expectExceeded('introspectionLists', { query: `{ __type(name: "Person") { ...F } } ${hidden}` });
      const schema = '{ __schema { types { fields { type { fields { name } } } } } }';
      expect((await door.post({ query: schema })).status).toBe(200);
    });
  });

  describe('case 39: alias and field flood', () => {
    test('aliases', async () => {
      const query = `{ person(id: "1") { ${many(LIMITS.aliases + 1, (i) => `a${i}: id`).join(' ')} } }`;
      await expectExceeded('aliases', { query });
      expect((await door.post({ query: query.replace('a0: id', '') })).status).toBe(200);
    });

    test('aliases that hide in fragments', async () => {
      const fragment = `fragment P on Person { ${many(16, (i) => `a${i}: id`).join(' ')} }`;
      await expectExceeded('aliases', {
        query: `{ x: person(id: "1") { ...P } person(id: "2") { ...P } } ${fragment}`,
      });
    });

    test('root fields, also from a fragment', async () => {
      const asked = (count: number) =>
        `{ ...R ...R } fragment R on Query { ${many(count, () => 'me { id }').join(' ')} }`;
      await expectExceeded('rootFields', { query: asked(LIMITS.rootFields / 2 + 1) });
      expect((await door.post({ query: asked(LIMITS.rootFields / 2) })).status).toBe(200);
    });

    test('fragments that double sixty times', async () => {
      const parts = many(60, (i) => `fragment P${i} on Person { ${i === 59 ? 'id' : `...P${i + 1} ...P${i + 1}`} }`);
      await expectExceeded('selections', { query: `{ person(id: "1") { ...P0 } } ${parts.join(' ')}` });
    });

    test('one field over and over', async () => {
      await expectExceeded('tokens', { query: `{ person(id: "1") { ${'id '.repeat(LIMITS.tokens)} } }` });
    });

    test('one object over and over', async () => {
      await expectExceeded('repetitions', { query: `{ me { ${'access { category } '.repeat(80)} } }` });
      // Validation, which would take long, does not come to it.
      await expectExceeded('repetitions', { query: `{ me { ${'access { nothing } '.repeat(80)} } }` });
      expect((await door.post({ query: `{ me { ${'access { category } '.repeat(50)} } }` })).status).toBe(200);
    });

    test('case 43: directives', async () => {
      const skips = '@skip(if: false) '.repeat(LIMITS.directives + 1);
      const { status, errors } = await door.post({ query: `{ person(id: "1") { id ${skips} } }` });
      expect(status).toBe(400);
      expect(errors.map(({ extensions }) => extensions.limit)).toContain('directives');
    });

    test('case 43: a condition at each spread of one fragment', async () => {
      const spreads = many(LIMITS.directives + 1, (i) => `...P @skip(if: $v${i})`).join(' ');
      const variables = many(LIMITS.directives + 1, (i) => `$v${i}: Boolean = false`).join(' ');
      const query = `query (${variables}) { person(id: "1") { ${spreads} } } fragment P on Person { id }`;
      await expectExceeded('directives', { query });
    });
  });

  test.each([
    ['two operations', [{ query: '{ __typename }' }, { query: '{ __typename }' }]],
    ['a thousand', many(1_000, () => ({ query: '{ __typename }' }))],
    ['none', []],
  ])('case 40: a batch of %s', async (_, batch) => {
    await expectExceeded('batch', batch);
  });

  describe('case 41: cost', () => {
    test('a page of a million', async () => {
      await expectExceeded('cost', {
        query: '{ person(id: "1") { timeline(first: 1000000) { edges { cursor } } } }',
      });
    });

    test('the widest query of the demo stays well below every limit', () => {
      const measures = Object.entries(documentMeasures(parse(PROFILE)));
      for (const [name, measure] of measures) expect(measure).toBeLessThan(LIMITS[name as keyof typeof LIMITS] / 2);
      expect(measures.filter(([, measure]) => measure > 0).length).toBeGreaterThan(1);
      expect(brokenByText(PROFILE.repeat(3))).toBeNull();
    });
  });

  describe('case 42: size', () => {
    test('tokens', async () => {
      await expectExceeded('tokens', { query: `{ person(id: "1") { id ${'__typename '.repeat(2_000)} } }` });
    });

    test('nothing but brackets', async () => {
      await expectExceeded('tokens', { query: '{a'.repeat(20_000) });
      await expectExceeded('tokens', { query: `{ a(b: ${'['.repeat(20_000)}` });
    });

    test('body', async () => {
      await expectExceeded('bodyBytes', { query: `{ __typename } #${'x'.repeat(LIMITS.bodyBytes)}` });
    });

    test.each([
      ['objects', nested(LIMITS.variablesDepth + 1)],
      ['lists', { in: many(LIMITS.variablesDepth - 1, () => 0).reduce<unknown>((inner) => [inner], []) }],
    ])('variables one level too deep: %s', async (_, variables) => {
      await expectExceeded('variablesDepth', { query: '{ __typename }', variables });
    });

    test('a body of forty thousand brackets', async () => {
      const deep = `${'['.repeat(40_000)}${']'.repeat(40_000)}`;
      await expectExceeded('variablesDepth', `{"query":"{ __typename }","variables":{"deep":${deep}}}`);
    });

    test('variables as deep as allowed pass', async () => {
      const answer = await door.post({ query: '{ __typename }', variables: nested(LIMITS.variablesDepth) });
      expect(answer).toMatchObject({ status: 200, errors: [] });
    });
  });

  describe('by GET as by POST', () => {
    const get = async (parameters: Record<string, string>) => {
      const response = await fetch(`${door.url}?${new URLSearchParams(parameters).toString()}`, {
        headers: { 'apollo-require-preflight': 'yes' },
      });
      const { errors = [] } = (await response.json()) as { errors?: { extensions: Record<string, string> }[] };
      return { status: response.status, limits: errors.map(({ extensions }) => extensions.limit) };
    };

    test('tokens', async () => {
      expect(await get({ query: `{ person(id: "1") { ${'id '.repeat(2_000)} } }` })).toEqual({
        status: 400,
        limits: ['tokens'],
      });
    });

    test('deep variables', async () => {
      const variables = JSON.stringify({ deep: nested(LIMITS.variablesDepth + 1) });
      expect(await get({ query: '{ __typename }', variables })).toEqual({ status: 400, limits: ['variablesDepth'] });
    });
  });
});
