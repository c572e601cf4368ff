import type { SmallSupergraph, World } from '../small-supergraph.ts';

/** Unions and interfaces whose members differ by subgraph, some of them without any in common; lists of lists of them. */
export const search: SmallSupergraph = {
  name: 'search',
  words: ['u1', 'u2', 'l1', 'e1'],
  subgraphs: {
    people: `
      type Query { hits(text: String): [Hit!]  pairs: [[Hit]!]  first: Hit  labelled: [Labelled!] }
      union Hit = Person | Place
      interface Labelled { label: String }
      type Person implements Labelled @key(fields: "id") { id: ID!  label: String  age: Int  home: Place  finds: [[Hit!]] }
      type Place implements Labelled @key(fields: "id") { id: ID!  label: String @shareable }
    `,
    events: `
      type Query { happenings: [Hit]  dated: [Dated!]!  matrix(rows: Int! = 2): [[Dated]!]! }
      union Hit = Place | Event
      union Found = Event | Ticket
      interface Dated { on: String! }
      interface Labelled { label: String }
      type Place @key(fields: "id") { id: ID!  events: [Event!]!  near: [Hit!]  found: Found }
      type Event implements Dated & Labelled @key(fields: "id") { id: ID!  on: String!  label: String  at: Place  guests: [Person!] }
      type Ticket implements Dated @key(fields: "id") { id: ID!  on: String!  seat: Seat  event: Event! }
      type Seat { row: Int  column: Int }
      type Person @key(fields: "id", resolvable: false) { id: ID! }
    `,
    maps: `
      type Place implements Located @key(fields: "id") { id: ID!  label: String @shareable  position: Position  inside: Located }
      type Event implements Located @key(fields: "id") { id: ID!  position: Position }
      interface Located { position: Position }
      type Position { x: Int!  y: Int!  of: Located }
    `,
  },
  world,
};

function world(): World {
  const places = [place(1), place(2)];
  const [l1, l2] = places;
  const people = [
    { __typename: 'Person', id: 'u1', label: 'Wu', age: 70, home: l1, finds: [[l2], null, []] },
    { __typename: 'Person', id: 'u2', label: null, age: null, home: null, finds: null },
  ];
  const event = {
    __typename: 'Event',
    id: 'e1',
    on: '5-1',
    label: 'Fair',
    at: l2,
    guests: people,
    position: { x: 9, y: 9, of: l1 },
  };
  const ticket = { __typename: 'Ticket', id: 't1', on: '5-2', seat: { row: 1, column: null }, event };
  Object.assign(l1 ?? {}, { events: [event], near: [event, l2], found: ticket, inside: event });
  Object.assign(l2 ?? {}, { events: [], near: null, found: event, inside: l1 });
  return {
    query: {
      hits: ({ text }: { text?: string | null }) => (text === null ? null : [people[0], l1, people[1]]),
      pairs: [[people[0], null], [], [l2, people[1]]],
      first: l1,
      labelled: [l2, people[0]],
      happenings: [event, null, l1],
      dated: [ticket, event],
      matrix: ({ rows }: { rows: number }) => [[event, null], [ticket], []].slice(0, Math.max(0, rows)),
    },
    entities: { Place: places, Person: people, Event: [event], Ticket: [ticket] },
  };
}

function place(n: number) {
  const own = { __typename: 'Place', id: `l${n}`, label: `Place ${n}` };
  return { ...own, position: n === 1 ? { x: n, y: 0, of: null } : null };
}
