import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { limitExceeded } from '../limits/limits.ts';
import { FREE_WORK } from '../limits/charged-work.ts';
import { checkedDocuments } from './checked-documents.ts';

const schema = buildSchema('type Query { hello(n: Int): String }');

/** Counts how often a document is measured: once for each time that it is checked. */
function counted({ refuses = false, maxCharacters = 1_000 } = {}) {
  let checks = 0;
  const charged: string[] = [];
  const limits = {
    admitText: (text: string) => void charged.push(text),
    ofDocument: () => {
      checks += 1;
      return refuses ? [limitExceeded('depth')] : [];
    },
  };
  const documents = checkedDocuments({ schema, limits, work: FREE_WORK }, { maxCharacters });
  const check = (query: string) => {
    const checked = documents(query, 'school');
    if (checked instanceof Promise) throw new Error('nobody has a pace here');
    return checked;
  };
  return { check, checks: () => checks, charged };
}

test('a text is parsed and checked once', () => {
  const { check, checks } = counted();
  const first = check('query A($n: Int) { hello(n: $n) } query B { hello }');
  expect(check('query A($n: Int) { hello(n: $n) } query B { hello }')).toBe(first);
  expect(first.operations.map(({ node }) => node.name?.value)).toEqual(['A', 'B']);
  expect([checks(), first.errors]).toEqual([1, []]);
});

test.each([
  ['no GraphQL', '{ hello', 'Syntax Error'],
  ['not of the schema', '{ goodbye }', 'Cannot query field'],
  ['more tokens than may be', `{ ${'hello '.repeat(3_000)} }`, 'tokens'],
  ['an alias of the hub’s own', '{ xinqiao_person: hello }', 'reserved'],
])('%s: remembered with what is wrong with it', (_, query, message) => {
  const { check } = counted({ maxCharacters: 100_000 });
  const checked = check(query);
  expect(checked).toMatchObject({ document: null, operations: [] });
  expect(checked.errors.map((error) => error.message).join()).toContain(message);
  expect(check(query)).toBe(checked);
});

test('what exceeds a limit is not validated any more', () => {
  const { errors } = counted({ refuses: true }).check('{ goodbye }');
  expect(errors.map(({ extensions }) => extensions?.limit)).toEqual(['depth']);
});

test('no more than so many characters are remembered', () => {
  const { check, checks } = counted({ maxCharacters: 200 });
  for (const query of ['{ a: hello }', '{ b: hello }', '{ a: hello }']) check(query);
  expect(checks()).toBe(3);
  check('{ a: hello }');
  expect(checks()).toBe(3);
});

test('what is wrong with a text counts as well', () => {
  const { check, checks } = counted({ maxCharacters: 700 });
  for (const query of ['{ a }', '{ b }', '{ c }', '{ a }']) check(query);
  expect(checks()).toBe(4);
});

test('what is kept of an error is plain data, with its code and its place', () => {
  const { check } = counted();
  const [error] = check('{ goodbye }').errors;
  expect(error).not.toBeInstanceOf(Error);
  expect(error).toEqual({
    message: 'Cannot query field "goodbye" on type "Query".',
    locations: [{ line: 1, column: 3 }],
    extensions: { code: 'BAD_USER_INPUT' },
  });
});

test('a name that a hundred errors repeat is counted a hundred times', () => {
  const { check, checks } = counted({ maxCharacters: 60_000 });
  const variables = Array.from({ length: 100 }, (_, i) => `$v${i}: Int`).join(' ');
  const query = `query ${'N'.repeat(1_000)}(${variables}) { hello }`;
  for (const text of [query, query]) expect(check(text).errors.length).toBeGreaterThan(90);
  expect(checks()).toBe(2);
});

test('a text is charged once, and what is refused a little each time', () => {
  const { check, charged } = counted();
  for (const query of ['{ hello }', '{ hello }', '{ goodbye }', '{ goodbye }']) check(query);
  expect(charged).toEqual(['{ hello }', '{ goodbye }', '']);
});

describe('at its client’s pace', () => {
  /** Turns come when they are let. */
  function paced() {
    const asked: (string | null)[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const turn = async (_kind: string, client: string | null) => {
      asked.push(client);
      return promise;
    };
    const limits = { admitText: () => {}, ofDocument: () => [] };
    return { documents: checkedDocuments({ schema, limits, work: { turn } }), asked, letGo: resolve };
  }

  test('case 41: a new text waits for its turn, and what is known does not', async () => {
    const { documents, asked, letGo } = paced();
    const checked = documents('{ hello }', 'school');
    expect(checked).toBeInstanceOf(Promise);
    letGo();
    const { document } = await checked;
    expect(documents('{ hello }', 'school')).toMatchObject({ document });
    expect(asked).toEqual(['school']);
  });

  test('sent again meanwhile it waits for the same turn, each client for its own', async () => {
    const { documents, asked, letGo } = paced();
    const all = ['school', 'school', 'clinic'].map(async (client) => documents('{ hello }', client));
    expect(asked).toEqual(['school', 'clinic']);
    letGo();
    const [first, ...others] = await Promise.all(all);
    for (const other of others) expect(other).toBe(first);
    // What is over is forgotten.
    void documents('{ a: hello }', 'school');
    expect(asked).toEqual(['school', 'clinic', 'school']);
  });
});
