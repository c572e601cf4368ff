/** An operation over a small supergraph that the oracle answers wrong by the specification; each has its paragraph in docs/decisions/where-the-oracle-is-wrong.md. */
export interface KnownCase {
  readonly name: string;
  readonly contest: string;
  /** Of made-up answers. */
  readonly seed?: number;
  readonly text: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export const KNOWN_CASES: readonly KnownCase[] = [
  {
    name: 'a field under @include(if: false) that would require something',
    contest: 'shop',
    text: '{ lowStock { label weight @include(if: false) } }',
  },
  {
    name: 'a mutation of whose payload nothing is selected after all: it is carried out',
    contest: 'ledger',
    text: 'mutation ($yes: Boolean!) { left @include(if: $yes) { query @skip(if: true) { size } } }',
    variables: { yes: true },
  },
  {
    name: 'the order of fields where fragments on one type are apart',
    contest: 'roots',
    text: 'mutation { touch { ... on Pair { __typename } both { x } ... on Pair { name: both { x } } } }',
  },
  {
    name: 'a fragment on a union in a type that is a member of it',
    contest: 'roots',
    text: '{ one { ... on Any { ... on Pair { left } } } }',
  },
  {
    name: 'an interface object that overwrites the type name of an object that is known',
    contest: 'library',
    text: '{ books { __typename due } }',
  },
  {
    name: 'an interface object in a fragment on a type that it may be',
    contest: 'library',
    text: '{ media { ... on Film { opinions { text } __typename } } }',
  },
  {
    name: 'a fragment on an interface in an interface that is an object elsewhere: the planner throws',
    contest: 'library',
    text: '{ onLoan { ... on Named { name } } worst { ... on Named { ... on Film { minutes } } } }',
  },
  {
    name: 'what is required of some types only is required of all, and those without it are left out',
    contest: 'archive',
    text: '{ papers { slip ... on Letter { cost } } }',
  },
  {
    name: 'a fetch that stands before the one that brings what it requires',
    contest: 'chain',
    text: '{ nodes { four count } }',
  },
  {
    name: 'a field that is asked for without what it requires, where keys differ by subgraph',
    contest: 'chain',
    text: '{ byB { four } byC { links { node { four } } } }',
  },
  {
    name: 'a mutation of which a part is fetched elsewhere after the next mutation',
    contest: 'ledger',
    text: 'mutation { left { last } failLeft }',
  },
];
