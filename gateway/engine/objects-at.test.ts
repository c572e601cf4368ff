import { describe, expect, test } from '@jest/globals';
import { objectsAt, placesOf } from './objects-at.ts';
import type { Answered } from './own.ts';

const data: Answered = {
  one: { id: 1, many: [{ id: 2 }, null, { id: 3, lists: [[{ id: 4 }], [], [{ id: 5 }, 'text']] }] },
  many: [{ one: { id: 6 } }, { one: null }, {}],
};

describe('the objects at a path', () => {
  test.each([
    ['the root', [], [data]],
    ['an object', ['one'], [data.one]],
    ['items of a list, without null', ['one', 'many', '@'], [{ id: 2 }, expect.objectContaining({ id: 3 })]],
    ['items of lists of lists', ['one', 'many', '@', 'lists', '@', '@'], [{ id: 4 }, { id: 5 }]],
    ['below a list', ['many', '@', 'one'], [{ id: 6 }]],
    ['nothing there', ['two', 'many'], []],
    ['a list where the path has none', ['many'], []],
    ['no list where the path has one', ['one', '@'], []],
    ['what every object inherits', ['constructor'], []],
    ['below a leaf', ['one', 'id', 'x'], []],
  ])('%s', (_, path, expected) => {
    expect(objectsAt(data, path)).toEqual(expected);
  });
});

describe('the places of objects', () => {
  test('each where it stands, shared ones everywhere', () => {
    const shared = { id: 's' };
    const other = { id: 'o' };
    const all = { list: [shared, { at: other }, shared, [shared]] };
    const places = placesOf(new Set([shared, other]), { data: all, path: ['list', '@'] });
    expect(places.get(shared)).toEqual([
      ['list', 0],
      ['list', 2],
    ]);
    expect(places.get(other)).toEqual([]);
    expect(placesOf(new Set([other]), { data: all, path: ['list', '@', 'at'] })).toEqual(
      new Map([[other, [['list', 1, 'at']]]]),
    );
  });

  test('of one object in very many places they are found in no time', () => {
    const shared = {};
    const started = performance.now();
    const places = placesOf(new Set([shared]), {
      data: { list: Array.from({ length: 100_000 }, () => shared) },
      path: ['list', '@'],
    });
    expect(places.get(shared)).toHaveLength(100_000);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
