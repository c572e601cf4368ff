import { expect, test } from '@jest/globals';
import { judged } from './same-answer.ts';

const GOOD = { person: { id: 'p1', health: { visits: [{ date: '2026-01-01' }] }, union: { hardshipAid: [] } } };
const error = (...path: (string | number)[]) => ({ message: 'm', path, extensions: { code: 'SOURCE_UNAVAILABLE' } });
const person = (changes: object) => ({ person: { ...GOOD.person, ...changes } });

test.each([
  ['the same', structuredClone(GOOD), [], 'whole'],
  ['a part is null, and an error says so', person({ health: null }), [error('person', 'health')], 'part'],
  ['an error behind it does', person({ health: null }), [error('person', 'health', 'visits')], 'part'],
  ['an error above it does', { person: null }, [error('person')], 'part'],
  ['a part is null, and no error says so', person({ health: null }), [], 'wrong'],
  ['a part is null, and the error is of another', person({ health: null }), [error('person', 'union')], 'wrong'],
  ['the answer is about another', person({ id: 'p2' }), [], 'wrong'],
  ['a record is missing', person({ health: { visits: [] } }), [], 'wrong'],
  ['a record is missing beside an error', person({ health: { visits: [] } }), [error('person', 'health')], 'wrong'],
  ['there is more', person({ name: 'x' }), [], 'wrong'],
])('%s', (_, data, errors, expected) => {
  expect(judged({ data, errors }, GOOD)).toBe(expected);
});
