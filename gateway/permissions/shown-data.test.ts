import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, execute, parse } from 'graphql';
import type { PermissionTable } from '../../schema/permission-table.ts';
import { rewriteOperation } from './rewrite-operation.ts';
import { shownData } from './shown-data.ts';

const schema = buildSchema(`
  type Query { person: Person persons: [Person] version: String pet: Pet animal: Animal }
  type Person { id: ID! name: String health: Health friend: Person timeline: [TimelineEvent!] pet: Pet animal: Animal }
  type Health { visits: [Visit!] note: String }
  type Visit { date: String }
  type TimelineEvent { title: String category: String! }
  interface Animal { name: String }
  type Cat implements Animal { name: String lives: String }
  type Dog implements Animal { name: String breed: String }
  union Pet = Cat | Dog
`);
const CLASSES: Readonly<Record<string, string>> = {
  'Health.visits': 'health:visits',
  'Health.note': 'health:notes',
  'Cat.lives': 'zoo:cats',
  'Dog.breed': 'zoo:dogs',
};
const table: PermissionTable = new Map(
  Object.values(schema.getTypeMap()).flatMap((type) =>
    'getFields' in type
      ? Object.keys(type.getFields()).map((field) => {
          const coordinate = `${type.name}.${field}`;
          return [coordinate, { classification: CLASSES[coordinate] ?? 'HUB', scopes: [] }] as const;
        })
      : [],
  ),
);

const CAT = { __typename: 'Cat', name: 'Tom', lives: '9' };
const P2 = { id: 'p2', name: 'Bo', health: { visits: [], note: null }, timeline: [] };
const P1 = {
  id: 'p1',
  name: 'An',
  health: { visits: [{ date: '2026' }, { date: null }], note: 'n' },
  friend: P2,
  timeline: [{ title: 't', category: 'education:enrolment' }],
  pet: CAT,
  animal: CAT,
};
const ROOT = { person: P1, persons: [P2, null, P1], version: '1', pet: CAT, animal: CAT };

/** What an operation shows of this data: person → [categories, coordinates]. */
async function shown(text: string, { root = ROOT, variables = {} }: { root?: object; variables?: object } = {}) {
  const { document, shape } = rewriteOperation({ schema, document: parse(text) }, { table, scopes: new Set() });
  const { data } = await execute({ schema, document, rootValue: root, variableValues: { ...variables } });
  const { persons, others } = shownData(data, shape);
  return {
    others: [...others].toSorted(),
    persons: Object.fromEntries(
      [...persons].map(([id, one]) => [id, [[...one.categories].toSorted(), [...one.coordinates].toSorted()]]),
    ),
  };
}

describe('what an answer shows of whom', () => {
  test.each([
    ['a field', '{ person { health { visits { date } } } }'],
    ['aliases', '{ me: person { a: health { b: visits { c: date } } } }'],
    ['a fragment', 'query { person { ...F } } fragment F on Person { health { visits { date } } }'],
    ['an inline fragment', '{ person { ... on Person { health { ... { visits { date } } } } } }'],
    ['the same selected in halves', '{ person { health { visits { __typename } } health { visits { date } } } }'],
    ['@include', '{ person { health { visits { date } note @include(if: false) } name @skip(if: true) } }'],
  ])('%s', async (_, query) => {
    expect(await shown(query)).toEqual({
      others: ['Query.person'],
      persons: { p1: [['health:visits'], ['Health.visits', 'Person.health', 'Visit.date']] },
    });
  });

  test('a variable decides at run time', async () => {
    const query = 'query ($no: Boolean!) { person { name @skip(if: $no) id } }';
    expect((await shown(query, { variables: { no: true } })).persons).toEqual({ p1: [[], ['Person.id']] });
    expect((await shown(query, { variables: { no: false } })).persons).toEqual({
      p1: [[], ['Person.id', 'Person.name']],
    });
  });

  test('a friend within a person, a list with holes, the same person twice', async () => {
    expect(await shown('{ person { friend { name } } persons { id health { visits { date } } } }')).toEqual({
      others: ['Query.person', 'Query.persons'],
      persons: {
        p1: [['health:visits'], ['Health.visits', 'Person.friend', 'Person.health', 'Person.id', 'Visit.date']],
        p2: [['health:visits'], ['Health.visits', 'Person.health', 'Person.id', 'Person.name']],
      },
    });
  });

  test('an event of the timeline shows its category, asked for or not', async () => {
    expect((await shown('{ person { timeline { title } } }')).persons).toEqual({
      p1: [['education:enrolment'], ['Person.timeline', 'TimelineEvent.title']],
    });
  });

  test('behind a union or an interface: every type that may stand there', async () => {
    const selection = '... on Cat { x: lives } ... on Dog { x: breed }';
    for (const field of ['pet', 'animal'])
      expect((await shown(`{ person { ${field} { ${selection} } } }`)).persons).toEqual({
        p1: [
          ['zoo:cats', 'zoo:dogs'],
          ['Cat.lives', 'Dog.breed', `Person.${field}`],
        ],
      });
    expect((await shown('{ animal { name } }')).others).toEqual(['Animal.name', 'Query.animal']);
  });

  test.each(['constructor', 'toString', '__proto__'])(
    'case 34: %s as the alias of a null is no value',
    async (alias) => {
      const root = { person: { ...P1, name: null } };
      expect((await shown(`{ person { id ${alias}: name } }`, { root })).persons).toEqual({ p1: [[], ['Person.id']] });
      expect((await shown(`{ person { id ${alias}: name @skip(if: true) } }`)).persons).toEqual({
        p1: [[], ['Person.id']],
      });
      expect((await shown(`{ person { ${alias}: name } }`)).persons).toEqual({ p1: [[], ['Person.name']] });
    },
  );

  test('nobody there: nothing shown; the type of something is no datum', async () => {
    expect(await shown('{ person { name } }', { root: { person: null } })).toEqual({ others: [], persons: {} });
    expect(await shown('{ __typename person { __typename } }')).toEqual({
      others: ['Query.person'],
      persons: { p1: [[], []] },
    });
  });
});

/** A slow look of its own at the data that went in, by field names; `fields` is a tree of what was asked for. */
type Asked = { readonly [field: string]: Asked | true };
function slowWalk(value: unknown, asked: Asked, { type, holder }: { type: string; holder: string }): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => slowWalk(item, asked, { type, holder }));
  if (typeof value !== 'object' || value === null) return [];
  const entries = value as Record<string, unknown>;
  const whose = type === 'Person' ? String(entries.id) : holder;
  return Object.entries(asked).flatMap(([field, inner]) => {
    const held = entries[field];
    if (held === null || held === undefined) return [];
    const next = TYPE_OF[`${type}.${field}`] ?? '';
    return [
      `${whose} ${type}.${field}`,
      ...(inner === true ? [] : slowWalk(held, inner, { type: next, holder: whose })),
    ];
  });
}
const TYPE_OF: Readonly<Record<string, string>> = {
  'Query.person': 'Person',
  'Query.persons': 'Person',
  'Person.friend': 'Person',
  'Person.health': 'Health',
  'Person.timeline': 'TimelineEvent',
  'Health.visits': 'Visit',
};
const { person, askedPerson } = (() => {
  const value = fc.option(fc.constant('v'));
  const visits = fc.option(fc.array(fc.record({ date: value }), { maxLength: 2 }));
  const timeline = fc.option(
    fc.array(fc.record({ title: value, category: fc.constantFrom('a:b', 'c:d') }), { maxLength: 2 }),
  );
  return {
    ...fc.letrec<{ person: unknown }>((tie) => ({
      person: fc.record({
        id: fc.constantFrom('p1', 'p2', 'p3'),
        name: value,
        health: fc.option(fc.record({ visits, note: value })),
        timeline,
        friend: fc.option(tie('person'), { maxDepth: 2 }),
      }),
    })),
    ...fc.letrec<{ askedPerson: Asked }>((tie) => {
      const yes = fc.constant(true as const);
      const health = fc.record(
        { visits: fc.constant({ date: true as const }), note: yes },
        { requiredKeys: ['visits'] },
      );
      const event = fc.record({ title: yes });
      const fields = { id: yes, name: yes, health, timeline: event, friend: tie('askedPerson') };
      return {
        askedPerson: fc.oneof(
          { maxDepth: 2 },
          fc.constant({ id: true as const }),
          fc.record(fields, { requiredKeys: ['id'] }),
        ) as fc.Arbitrary<Asked>,
      };
    }),
  };
})();
const textOf = (asked: Asked): string =>
  `{ ${Object.entries(asked)
    .map(([field, inner]) => (inner === true ? field : `${field} ${textOf(inner)}`))
    .join(' ')} }`;

test('what is recorded is what has a value, as an independent walk finds it', async () => {
  const root = fc.record({ person: fc.option(person), persons: fc.array(fc.option(person), { maxLength: 3 }) });
  await fc.assert(
    fc.asyncProperty(root, askedPerson, askedPerson, async (data, one, many) => {
      const asked: Asked = { person: one, persons: many };
      const { persons, others } = await shown(textOf(asked), { root: data });
      const found = Object.entries(persons).flatMap(([id, [, coordinates]]) =>
        (coordinates as string[]).map((coordinate) => `${id} ${coordinate}`),
      );
      const expected = slowWalk(data, asked, { type: 'Query', holder: 'nobody' });
      expect([...found, ...others.map((coordinate) => `nobody ${coordinate}`)].toSorted()).toEqual(
        [...new Set(expected)].toSorted(),
      );
    }),
  );
});
