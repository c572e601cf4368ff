import { expect, test } from '@jest/globals';
import { checkedAnswer } from './checked-answer.ts';

const checked = (text: string) => checkedAnswer('health', JSON.parse(text), { characters: text.length });
const nested = (depth: number) => `{"data":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`;

test.each([
  ['data', '{"data":{"a":1}}', { data: { a: 1 } }],
  ['null data', '{"data":null,"errors":[{"message":"x"}]}', { data: null, errors: [{ message: 'x' }] }],
  ['null in place of nothing', '{"data":{},"errors":null,"extensions":null}', { data: {} }],
  [
    'errors, without what the hub does not know',
    '{"errors":[{"message":"x","path":["a",0],"extensions":{"code":"C"},"locations":[{"line":1}],"stack":"y"}]}',
    { errors: [{ message: 'x', path: ['a', 0], extensions: { code: 'C' } }] },
  ],
  ['extensions', '{"data":{},"extensions":{"a":1}}', { data: {}, extensions: { a: 1 } }],
  ['a list as deep as may be', nested(190), { data: { a: expect.any(Array) } }],
])('%s is an answer', (_, text, answer) => {
  expect(checked(text)).toEqual(answer);
});

test.each([
  ['a list', '[]'],
  ['a text', '"data"'],
  ['null', 'null'],
  ['a list of data', '{"data":[]}'],
  ['a text for data', '{"data":"x"}'],
  ['errors that are no list', '{"errors":{}}'],
  ['errors without a message', '{"errors":[{}]}'],
  ['a message that is none', '{"errors":[{"message":1}]}'],
  ['null for an error', '{"errors":[null]}'],
  ['a path that is a text', '{"errors":[{"message":"x","path":"a"}]}'],
  ['a path with an object in it', '{"errors":[{"message":"x","path":[{}]}]}'],
  ['extensions of an error that are a list', '{"errors":[{"message":"x","extensions":[]}]}'],
  ['extensions that are a text', '{"data":{},"extensions":"x"}'],
  ['a list too deep', nested(300)],
  ['objects too deep', `{"data":${'{"a":'.repeat(300)}1${'}'.repeat(300)}}`],
  ['an abyss', nested(1_000_000)],
  ['an abyss in an error', `{"errors":[{"message":"x","extensions":{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}}]}`],
])('%s is SOURCE_INVALID', (_, text) => {
  expect(() => checked(text)).toThrow(expect.objectContaining({ code: 'SOURCE_INVALID', source: 'health' }));
});

test('a key named __proto__ gives nothing a prototype', () => {
  const { data, errors } = checked(
    '{"__proto__":{"data":{}},"data":{"a":1,"__proto__":{"b":2}},"errors":[{"message":"x","__proto__":{"path":[]}}]}',
  );
  expect(data?.b).toBeUndefined();
  expect(errors).toEqual([{ message: 'x' }]);
  expect(errors?.[0]?.path).toBeUndefined();
  expect(({} as Record<string, unknown>).b).toBeUndefined();
});
