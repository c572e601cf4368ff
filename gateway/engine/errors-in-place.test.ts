import { expect, test } from '@jest/globals';
import type { GraphQLFormattedError } from 'graphql';
import { errorsInPlace, type FetchPlace } from './errors-in-place.ts';

const shared = { id: 's' };
const alone = { id: 'a' };
const data = { list: [shared, { x: 1 }, alone, shared], xinqiao_as_id: { name: alone } };
const entitiesOf = [[shared], [alone]];

function placed(error: GraphQLFormattedError, place: Omit<FetchPlace, 'data' | 'asked'>) {
  return [...errorsInPlace([error], { data, asked, ...place })].map(({ message, path, extensions }) => ({
    message,
    path: path ?? null,
    extensions,
  }));
}

const asked = new Set(['list', 'x', 'x__alias_0']);
const atList = { path: ['list', '@'], entitiesOf };
const atRoot = { path: [], entitiesOf: null };

test.each<[string, GraphQLFormattedError['path'], Omit<FetchPlace, 'data' | 'asked'>, unknown[]]>([
  ['of a root field', ['list', 1, 'x'], atRoot, [['list', 1, 'x']]],
  ['of root fields below an object', ['x'], { path: ['list', '@'], entitiesOf: null }, [['list', 'x']]],
  ['of an entity', ['_entities', 1, 'x', 0], atList, [['list', 2, 'x', 0]]],
  [
    'of an entity in several places',
    ['_entities', 0, 'x'],
    atList,
    [
      ['list', 0, 'x'],
      ['list', 3, 'x'],
    ],
  ],
  ['of a whole entity', ['_entities', 1], atList, [['list', 2]]],
  ['of an ID that the hub has repeated', ['_entities', 1, 'xinqiao_echo_id'], atList, [['list', 2]]],
  ['of all entities', ['_entities'], atList, [null]],
  ['of an entity that was not asked for', ['_entities', 7, 'x'], atList, [null]],
  ['of an entity by name', ['_entities', 'constructor'], atList, [null]],
  ["of another subgraph's field of an entity", ['_entities', 1, 'name'], atList, [null]],
  ["of another subgraph's root field", ['other', 1], atRoot, [null]],
  ['of nothing', undefined, atList, [null]],
  ['of nothing at the root', undefined, atRoot, [null]],
  ['of nothing in particular', [], atList, [null]],
  ['of nothing in particular at the root', [], atRoot, [null]],
  [
    'under keys of the plan',
    ['_entities', 1, 'x__alias_0', 'xinqiao_as_y'],
    { path: ['xinqiao_as_id', 'name'], entitiesOf },
    [['id', 'name', 'x', 'y']],
  ],
])('an error %s', (_, path, place, paths) => {
  const error = { message: 'm', ...(path && { path }), extensions: { code: 'NO_BASIS', category: 'c' } };
  expect(placed(error, place)).toEqual(paths.map((at) => ({ message: 'm', path: at, extensions: error.extensions })));
});

test('without a code has one', () => {
  expect(placed({ message: 'm', path: ['x'] }, atRoot)).toMatchObject([
    { extensions: { code: 'DOWNSTREAM_SERVICE_ERROR' } },
  ]);
});

test('nothing is looked for where nothing failed', () => {
  const untouched = {
    path: ['list', '@'],
    get data(): never {
      throw new Error('looked at');
    },
    entitiesOf,
    asked,
  };
  expect([...errorsInPlace([], untouched)]).toEqual([]);
});
