import { describe, expect, test } from '@jest/globals';
import { mergeInto } from './merge.ts';
import type { Answered } from './own.ts';

function merged(target: Answered, answered: Answered): Answered {
  mergeInto(target, answered);
  return target;
}

describe('what is answered', () => {
  test.each<[string, Answered, Answered, Answered]>([
    ['comes beside what is there', { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
    ['counts where it is the later leaf', { a: 1 }, { a: 2 }, { a: 2 }],
    [
      'merges into objects',
      { o: { a: 1, i: { x: 1 } } },
      { o: { b: 2, i: { y: 2 } } },
      { o: { a: 1, b: 2, i: { x: 1, y: 2 } } },
    ],
    [
      'merges into lists of its length',
      { l: [{ a: 1 }, { a: 2 }] },
      { l: [{ b: 1 }, { b: 2 }] },
      {
        l: [
          { a: 1, b: 1 },
          { a: 2, b: 2 },
        ],
      },
    ],
    ['merges into lists of lists', { l: [[{ a: 1 }], []] }, { l: [[{ b: 1 }], []] }, { l: [[{ a: 1, b: 1 }], []] }],
    ['replaces a list of another length', { l: [{ a: 1 }] }, { l: [{ b: 1 }, { b: 2 }] }, { l: [{ b: 1 }, { b: 2 }] }],
    ['replaces an item of another kind', { l: [null, { a: 1 }] }, { l: [{ b: 1 }, null] }, { l: [{ b: 1 }, null] }],
    ['replaces an object by null', { o: { a: 1 } }, { o: null }, { o: null }],
    ['replaces null', { o: null }, { o: { a: 1 } }, { o: { a: 1 } }],
    ['replaces what is of another kind', { o: { a: 1 }, l: [1] }, { o: [2], l: { b: 1 } }, { o: [2], l: { b: 1 } }],
    ['is left out where it is undefined', { a: 1 }, { a: undefined, b: undefined }, { a: 1 }],
  ])('%s', (_, target, answered, expected) => {
    expect(merged(target, answered)).toStrictEqual(expected);
  });

  test.each(['__proto__', 'constructor', 'toString'])('merges under %s as under any name', (name) => {
    const answered = JSON.parse(`{ "${name}": { "polluted": 1 }, "o": { "${name}": { "polluted": 1 } } }`);
    const target = merged({ o: {} }, answered);
    merged(target, JSON.parse(`{ "${name}": { "more": 2 } }`));
    expect(Object.getOwnPropertyDescriptor(target, name)?.value).toEqual({ polluted: 1, more: 2 });
    expect(Object.getPrototypeOf(target)).toBe(Object.prototype);
    expect(({} as Answered).polluted).toBeUndefined();
    expect(Object.prototype.toString.call({})).toBe('[object Object]');
  });

  test('is not merged into itself', () => {
    const shared = { list: Object.freeze([{ a: 1 }]) };
    const target = { o: shared };
    expect(merged(target, { o: shared })).toEqual({ o: { list: [{ a: 1 }] } });
    expect(merged({ o: { list: shared.list } }, { o: shared })).toEqual({ o: { list: [{ a: 1 }] } });
    expect(target.o).toBe(shared);
  });
});
