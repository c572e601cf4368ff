import { expect, test } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { readHubScopes } from '../../schema/clients.ts';
import { readPermissionTable } from '../../schema/permission-table.ts';
import { CONFIRMED_SCOPES, needsConfirmation } from './confirmed-scopes.ts';
import { rewrittenOperations } from './rewritten-operations.ts';

const schema = buildSchema('type Query { name: String, grade: Int, either: String, open: Int }');
const field = (...scopes: string[][]) => ({ classification: 'HUB', scopes });
const table = new Map([
  ['Query.name', field(['person:identity:read'])],
  ['Query.grade', field(['education:enrolment:read'])],
  ['Query.either', field(['audit:read'], ['referral:read'])],
  ['Query.open', field()],
]);
const ALL = ['person:identity:read', 'education:enrolment:read', 'audit:read', 'referral:read'];

test('each of them is a scope of the hub', () => {
  const known = new Set(readHubScopes().map(({ name }) => name));
  expect(CONFIRMED_SCOPES.difference(known)).toEqual(new Set());
});

const hubTable = readPermissionTable(new URL('../../schema/generated/permissions.json', import.meta.url));
const watched = readHubScopes().map(({ name }) => name);
test.each(watched.filter((name) => /^(emergency|audit|consent|person:identity):/.test(name)))(
  'case 10: the sign-in server is asked about whatever %s opens',
  (scope) => {
    const opened = [...hubTable.values()].flatMap(({ scopes }) => scopes.filter((set) => set.includes(scope)));
    expect(opened.length).toBeGreaterThan(0);
    expect(opened.filter((set) => !needsConfirmation([set], new Set(set)))).toEqual([]);
  },
);

test.each<[string, readonly string[], boolean]>([
  ['{ name }', ALL, true],
  ['{ grade open }', ALL, false],
  ['{ grade ... on Query { other: name } }', ALL, true],
  // Taken out, as nobody without the scope gets it: then there is nothing to ask about.
  ['{ name grade }', ['education:enrolment:read'], false],
  ['{ either }', ['audit:read'], true],
  ['{ either }', ['audit:read', 'referral:read'], false],
  ['query A { grade } query B { name }', ALL, false],
])('the sign-in server is asked about %s of one with %j: %s', (query, scopes, confirmed) => {
  const rewritten = rewrittenOperations({ schema, table });
  const operationName = query.startsWith('query A') ? 'A' : null;
  expect(rewritten({ document: parse(query), queryHash: query, operationName }, scopes).confirmed).toBe(confirmed);
});
