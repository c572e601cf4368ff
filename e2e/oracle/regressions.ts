import type { KnownCase } from './known-cases.ts';

/** What the generator found, shrunk, and what is mended since. */
export const REGRESSIONS: readonly KnownCase[] = [
  {
    name: "a client's arguments beside those of @requires",
    contest: 'shop',
    text: '{ products { price shippingCost } }',
  },
  {
    name: "a client's alias with the name of a field that the plan needs",
    contest: 'shop',
    text: '{ products { id: price weight } }',
  },
  {
    name: 'the same, of another type',
    contest: 'registry',
    text: '{ records { state id: peers { graded } } }',
  },
  {
    name: 'an interface object needs no type name',
    contest: 'library',
    text: '{ onLoan { id } worst { opinions { about { stars } } } }',
  },
  {
    name: 'mutations in a fragment come in their turn, in the subgraph beside',
    contest: 'ledger',
    text: 'mutation { clear { id } ...F } fragment F on Mutation { failLeft tally { line } __typename }',
  },
  {
    name: 'mutations in a fragment come in their turn, in one subgraph',
    contest: 'ledger',
    text: 'mutation { ...F clear { query { log { lines } } } left { lines } } fragment F on Mutation { failLeft }',
  },
  {
    name: 'the query that a payload leads back to is read before the next mutation',
    contest: 'ledger',
    text: 'mutation { left { query { log { last } } } failLeft }',
  },
  {
    name: 'introspection knows what graphql-js knows',
    contest: 'grid',
    text: '{ __type(name: "Cell") { isOneOf ...F } must { __typename } } fragment F on __Type { specifiedByURL }',
  },
  {
    name: 'introspection beside a variable that it does not use',
    contest: 'grid',
    text: 'query ($id: ID!) { cell(id: $id) { id } __schema { description } }',
    variables: { id: 'g1' },
  },
  {
    name: 'introspection of which nothing is selected after all',
    contest: 'grid',
    text: '{ __schema { description @skip(if: true) } }',
  },
  {
    name: 'an object of a type that is inaccessible, of which nothing is selected after all',
    contest: 'registry',
    text: 'query ($no: Boolean = false) { parties { ... @include(if: $no) { name } } }',
  },
  {
    name: 'an object that is there though nothing of it is selected after all',
    contest: 'grid',
    text: '{ grid { box { must inner @include(if: false) { must } } } }',
  },
  {
    name: 'an interface object that its subgraph only points at leads on by its key',
    contest: 'kiosk',
    text: '{ shown { __typename title ... on Drink { litres price } twin { title } } row { ... on Paper { pages } } }',
  },
  {
    name: 'a field is null and Apollo does not say why, while a part fails that only a plan asks for',
    contest: 'shop/mocked',
    seed: 88_002,
    text: '{ latest { product { brand { products { weight } } } } lowStock { duty weight @include(if: false) } }',
  },
];
