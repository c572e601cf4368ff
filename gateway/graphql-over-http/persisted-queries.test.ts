import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { persistedQueries } from './persisted-queries.ts';

const asked = (query: string) => ({
  persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') },
});
const QUERY = '{ matchPerson(idNumber: "11010519491231002X") { id } }';
const NOT_FOUND = expect.objectContaining({
  extensions: expect.objectContaining({ code: 'PERSISTED_QUERY_NOT_FOUND' }),
});

/** What a hash alone means to a client; the error where it means nothing. */
function known(persisted: ReturnType<typeof persistedQueries>, query: string, client: string | null): unknown {
  try {
    return persisted.queryOf({ query: null, extensions: asked(query) }, client);
  } catch (error) {
    return error;
  }
}

test('what a client registered is known to that client, and to no other: a text may name a person', () => {
  const persisted = persistedQueries();
  persisted.accept({ query: QUERY, extensions: asked(QUERY) }, 'education-system');
  expect(known(persisted, QUERY, 'education-system')).toBe(QUERY);
  expect(known(persisted, QUERY, 'health-system')).toEqual(NOT_FOUND);
  expect(known(persisted, QUERY, null)).toEqual(NOT_FOUND);
});

test('a query is kept only where its request asks for it', () => {
  const persisted = persistedQueries();
  persisted.accept({ query: QUERY, extensions: {} }, 'education-system');
  expect(known(persisted, QUERY, 'education-system')).toEqual(NOT_FOUND);
});

test('no more than so many characters are kept; the longest unused goes first', () => {
  const persisted = persistedQueries({ maxCharacters: 1_000 });
  const query = (i: number) => `query Q${i} { ${'hello '.repeat(40)} }`;
  const register = (i: number) => persisted.accept({ query: query(i), extensions: asked(query(i)) }, 'a');
  register(0);
  register(1);
  expect(known(persisted, query(0), 'a')).toBe(query(0));
  register(2);
  register(3);
  expect([1, 3].map((i) => known(persisted, query(i), 'a'))).toEqual([NOT_FOUND, query(3)]);
});
