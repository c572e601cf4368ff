import { composeServices } from '@apollo/composition';
import { expect, test } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { missingFields } from './missing-fields.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])';
const PERSON = `${LINK}
  type Query { person(id: ID!): Person }
  type Person @key(fields: "id") { id: ID!  name: String }`;
const CLINIC = `${LINK}
  type Person @key(fields: "id") { id: ID!  name: String @external
    visits(first: Int, filter: VisitFilter): [Visit!] @requires(fields: "name") }
  input VisitFilter { since: String }
  type Visit { date: String }`;

const { supergraphSdl = '' } = composeServices([
  { name: 'person', url: 'http://person.invalid', typeDefs: parse(PERSON) },
  { name: 'the-clinic', url: 'http://clinic.invalid', typeDefs: parse(CLINIC) },
]);

/** What of the supergraph the clinic lacks if its schema is this. */
function missingOver(clinic: string): readonly string[] {
  const words = /^the subgraph the-clinic of this process has no (\S+), which the supergraph asks of it$/;
  return missingFields(supergraphSdl, new Map([['the-clinic', buildSchema(clinic)]])).map(
    (line) => words.exec(line)?.[1] ?? line,
  );
}

const person = (visits: string) => `type Query { x: Int }  type Person { id: ID!  ${visits} }`;
const FILTER = 'input VisitFilter { since: String }';
const VISIT = 'type Visit { date: String }';

test.each([
  ['all of it', `${person('visits(first: Int, filter: VisitFilter): [Visit!]')} ${FILTER} ${VISIT}`, []],
  [
    'more than is asked',
    `${person('age: Int  visits(first: Int, filter: VisitFilter, more: Int): [Visit!]')} ${FILTER} ${VISIT}`,
    [],
  ],
  ['a field less', `${person('')} ${FILTER} ${VISIT}`, ['Person.visits']],
  ['an argument less', `${person('visits(first: Int): [Visit!]')} ${FILTER} ${VISIT}`, ['Person.visits(filter:)']],
  [
    'a field of an input less',
    `${person('visits(first: Int, filter: VisitFilter): [Visit!]')} input VisitFilter { until: String } ${VISIT}`,
    ['VisitFilter.since'],
  ],
  ['a type less', `${person('visits(first: Int, filter: VisitFilter): Int')} ${FILTER}`, ['Visit']],
])('a subgraph that knows %s', (_, clinic, missing) => {
  expect(missingOver(clinic)).toEqual(missing);
});

test('subgraphs elsewhere are not looked at: who serves them says when they are newer', () => {
  expect(missingFields(supergraphSdl, new Map())).toEqual([]);
});
