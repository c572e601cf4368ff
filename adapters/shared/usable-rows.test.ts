import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { usableRows } from './usable-rows.ts';

const person = z.object({ name: z.string(), age: z.number() });
const bad = [{ name: '王小明' }, null];

test('bad rows are set aside and told once, with the first reason and no value; the good ones stand', () => {
  const told: unknown[] = [];
  const log = { warn: (...entry: unknown[]) => void told.push(entry) };
  const rows = [{ name: 'a', age: 1 }, ...bad, { name: 'b', age: 2 }];
  expect(usableRows(person, rows, { source: 'health', list: 'visits', log })).toEqual([rows[0], rows[3]]);
  const details = { source: 'health', list: 'visits', setAside: 2, of: 4, reason: 'age: invalid_type' };
  expect(told).toEqual([[details, 'rows set aside']]);
});

test('where no row can be used the answer is invalid, unless that is said to be no error; no rows are none', () => {
  const options = { source: 'health', list: 'visits' };
  expect(() => usableRows(person, bad, options)).toThrow(expect.objectContaining({ code: 'SOURCE_INVALID' }));
  expect(usableRows(person, bad, { ...options, mayAllBeBad: true })).toEqual([]);
  expect(usableRows(person, [], options)).toEqual([]);
});
