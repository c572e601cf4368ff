import { describe, expect, test } from '@jest/globals';
import type { FetchDataRewrite } from '@apollo/query-planner';
import { applyRewrites } from '@apollo/gateway/dist/dataRewrites.js';
import { buildSchema } from 'graphql';
import type { Answered } from './own.ts';
import { compileRewrites } from './rewrites.ts';

const schema = buildSchema(`
  type Query { animal: Animal }
  interface Animal { name: String }
  type Cat implements Animal { name: String }
  type Dog { name: String }
`);
const setter = (path: string[], setValueTo: unknown): FetchDataRewrite => ({ kind: 'ValueSetter', path, setValueTo });
const renamer = (path: string[], renameKeyTo: string): FetchDataRewrite => ({ kind: 'KeyRenamer', path, renameKeyTo });

function rewritten(rewrites: FetchDataRewrite[], object: Answered): Answered {
  compileRewrites(rewrites, schema)?.(object);
  return object;
}

describe('rewrites of a plan', () => {
  test('none is no function', () => {
    expect(compileRewrites(undefined, schema)).toBeNull();
    expect(compileRewrites([], schema)).toBeNull();
  });

  test.each<[string, FetchDataRewrite[], Answered]>([
    ['set a value', [setter(['__typename'], 'Animal')], { __typename: 'Cat' }],
    ['set a value of a type', [setter(['... on Cat', '__typename'], 'Animal')], { __typename: 'Cat' }],
    ['leave another type', [setter(['... on Cat', '__typename'], 'Animal')], { __typename: 'Dog' }],
    ['leave an unknown type', [setter(['... on Cat', 'x'], 1)], { __typename: 'Bird' }],
    ['set a value of an interface', [setter(['... on Animal', 'x'], 1)], { __typename: 'Cat' }],
    ['apply where no type is told', [setter(['... on Cat', 'x'], 1)], { name: 'n' }],
    ['rename', [renamer(['name__alias_0'], 'name')], { name__alias_0: 'n', other: 1 }],
    ['rename to what is there', [renamer(['a'], 'b')], { a: 1, b: 2 }],
    ['rename nothing', [renamer(['a'], 'b')], { b: 2 }],
    ['go down', [renamer(['pet', '... on Cat', 'a'], 'b')], { pet: { __typename: 'Cat', a: 1 } }],
    ['go into lists of lists', [renamer(['l', 'a'], 'b')], { l: [{ a: 1 }, null, [{ a: 2 }, 'text'], 3] }],
    ['stop at what is no object', [renamer(['name', 'a'], 'b')], { name: 'n' }],
    ['stop at null', [renamer(['name', 'a'], 'b')], { name: null }],
    ['go on after another', [renamer(['a'], 'b'), renamer(['b'], 'c')], { a: 1 }],
    ['find nothing that is inherited', [renamer(['constructor'], 'b'), renamer(['toString', 'name'], 'c')], {}],
    ['set under any name', [renamer(['a'], '__proto__')], { a: 'x' }],
  ])('%s, as in Apollo’s gateway', (_, rewrites, object) => {
    const apollos = structuredClone(object);
    applyRewrites(schema, rewrites, apollos);
    expect(rewritten(rewrites, object)).toStrictEqual(apollos);
  });

  test.each([null, 0, '', false])('rename %p as any other value, which Apollo’s gateway leaves', (value) => {
    expect(rewritten([renamer(['a'], 'b')], { a: value })).toEqual({ b: value });
  });

  test.each(['__proto__', 'constructor'])('rename to and from %s without touching what is inherited', (name) => {
    const object = rewritten(
      [renamer([name], 'a'), renamer(['b'], name)],
      JSON.parse(`{ "${name}": 1, "b": { "x": 2 } }`),
    );
    expect(object.a).toBe(1);
    expect(Object.getOwnPropertyDescriptor(object, name)?.value).toEqual({ x: 2 });
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
  });
});
