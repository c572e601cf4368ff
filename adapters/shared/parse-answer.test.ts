import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { parseAnswer, parseJson } from './parse-answer.ts';
import { SourceError } from './source-error.ts';

const person = z.object({ name: z.string(), age: z.number().max(150) });

function failureOf(run: () => unknown): SourceError {
  try {
    run();
  } catch (error) {
    if (error instanceof SourceError) return error;
  }
  throw new Error('it did not fail as it should');
}

describe('an answer that does not fit', () => {
  test('is SOURCE_INVALID and says where, not what', () => {
    const error = failureOf(() => parseAnswer('health', z.array(person), [{ name: '王小明', age: 500 }, { age: 1 }]));
    expect(error).toMatchObject({ code: 'SOURCE_INVALID', source: 'health' });
    expect(String(error.cause)).toBe('Error: 0.age: too_big; 1.name: invalid_type');
  });

  test('in thousands of places names the first few', () => {
    const error = failureOf(() => parseAnswer('health', z.array(z.string()), Array<number>(10_000).fill(1)));
    expect(String(error.cause)).toBe(
      `Error: ${[0, 1, 2, 3, 4].map((at) => `${at}: invalid_type`).join('; ')}; 9995 more`,
    );
  });

  test.each(['{"name":"王小明"', '', '<html>王小明</html>', 'undefined'])('as text is no JSON: %j', (text) => {
    const error = failureOf(() => parseJson('health', text, person));
    expect(error.code).toBe('SOURCE_INVALID');
    expect(`${error.message} ${String(error.cause)}`).not.toContain('王');
  });

  test('case 57: invalid UTF-8 is refused, not replaced', () => {
    const bytes = Buffer.concat([Buffer.from('{"age":1,"name":"'), Buffer.from([0xcd, 0xf5]), Buffer.from('"}')]);
    expect(failureOf(() => parseJson('health', bytes, person)).code).toBe('SOURCE_INVALID');
  });
});

test('a byte order mark is skipped, in bytes and in text', () => {
  const text = '\ufeff{"name":"王小明","age":9}';
  expect([parseJson('health', text, person), parseJson('health', Buffer.from(text), person)]).toEqual(
    [1, 2].map(() => ({ name: '王小明', age: 9 })),
  );
});

test('case 34: __proto__ in an answer pollutes nothing', () => {
  const parsed = parseJson('health', '{"__proto__":{"polluted":1},"name":"王小明","age":9}', person);
  // Neither what was parsed, by what it inherits, nor everything else.
  for (const one of [parsed, {}]) expect(one).not.toHaveProperty('polluted');
});
