import { describe, expect, test } from '@jest/globals';
import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { buildSchema, Kind, parse, type SelectionSetNode } from 'graphql';
import { absentFields } from './absent-fields.ts';
import type { Answered } from './own.ts';
import { compileRepresentations } from './representations.ts';

const schema = buildSchema(`
  type Query { pet: Pet }
  interface Pet { id: ID! }
  type Cat implements Pet { id: ID!  name: String  home: Home }
  type Dog implements Pet { id: ID!  breed: String }
  type Home { street: String  rooms: [[Room]]  owner: Owner }
  type Room { no: Int }
  union Owner = Cat | Dog
`);

/** As the planner writes what a fetch requires. */
function requiresOf(text: string): QueryPlanSelectionNode[] {
  const [definition] = parse(text).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('a selection set expected');
  return selectionsOf(definition.selectionSet);
}

function selectionsOf({ selections }: SelectionSetNode): QueryPlanSelectionNode[] {
  return selections.map((one) => {
    if (one.kind === Kind.FRAGMENT_SPREAD) throw new Error('no fragments here');
    if (one.kind === Kind.INLINE_FRAGMENT)
      return {
        kind: one.kind,
        typeCondition: one.typeCondition?.name.value,
        selections: selectionsOf(one.selectionSet),
      };
    return {
      kind: one.kind,
      name: one.name.value,
      ...(one.alias && { alias: one.alias.value }),
      ...(one.selectionSet && { selections: selectionsOf(one.selectionSet) }),
    };
  });
}

function represented(text: string, entities: readonly Answered[]) {
  return compileRepresentations(requiresOf(text), { schema, rewrite: null })(entities, absentFields());
}

const CAT = '{ ... on Cat { __typename id } }';
const ROOMS = '{ ... on Cat { __typename home { street rooms { no } } } }';

describe('a representation', () => {
  test.each<[string, string, Answered, Answered | null]>([
    [
      'has what is required and no more',
      CAT,
      { __typename: 'Cat', id: '1', name: 'n' },
      { __typename: 'Cat', id: '1' },
    ],
    ['is none of another type', CAT, { __typename: 'Dog', id: '1' }, null],
    ['is none of an unknown type', CAT, { __typename: 'Bird', id: '1' }, null],
    ['is none of an inherited name', CAT, { __typename: 'constructor', id: '1' }, null],
    ['is none without a type', CAT, { id: '1' }, null],
    ['is none where a part is missing', CAT, { __typename: 'Cat' }, null],
    [
      'is none where a part is missing in one of its fragments',
      '{ ... on Cat { __typename id } ... on Cat { name } }',
      { __typename: 'Cat', id: '1' },
      null,
    ],
    ['has null where a key is null', CAT, { __typename: 'Cat', id: null }, { __typename: 'Cat', id: null }],
    [
      'is of an interface',
      '{ ... on Pet { __typename id } }',
      { __typename: 'Dog', id: '1' },
      { __typename: 'Dog', id: '1' },
    ],
    [
      'merges fragments',
      '{ ... on Cat { __typename id } ... on Pet { ... on Cat { home { street } } } ... on Cat { home { rooms { no } } } }',
      { __typename: 'Cat', id: '1', home: { street: 's', rooms: [] } },
      { __typename: 'Cat', id: '1', home: { street: 's', rooms: [] } },
    ],
    [
      'has lists of lists with their nulls',
      ROOMS,
      { __typename: 'Cat', home: { street: 's', rooms: [[{ no: 1, x: 2 }, null], null, []] } },
      { __typename: 'Cat', home: { street: 's', rooms: [[{ no: 1 }, null], null, []] } },
    ],
    ['has null where an object is null', ROOMS, { __typename: 'Cat', home: null }, { __typename: 'Cat', home: null }],
    ['is none where a part of an object is missing', ROOMS, { __typename: 'Cat', home: { street: 's' } }, null],
    [
      'chooses fragments by the type of an inner object',
      '{ ... on Cat { __typename home { owner { ... on Dog { __typename breed } ... on Cat { __typename name } } } } }',
      { __typename: 'Cat', home: { owner: { __typename: 'Dog', breed: 'b', name: 'n' } } },
      { __typename: 'Cat', home: { owner: { __typename: 'Dog', breed: 'b' } } },
    ],
    [
      'reads an alias',
      '{ ... on Cat { __typename name__alias_0: name } }',
      { __typename: 'Cat', name__alias_0: 'n' },
      { __typename: 'Cat', name__alias_0: 'n' },
    ],
    ['takes nothing that is inherited', '{ ... on Cat { __typename constructor } }', { __typename: 'Cat' }, null],
  ])('%s', (_, requires, entity, expected) => {
    const { representations, entitiesOf } = represented(requires, [entity]);
    expect(representations).toEqual(expected === null ? [] : [expected]);
    expect(entitiesOf).toEqual(expected === null ? [] : [[entity]]);
  });

  test('has null where a subgraph does not have an object of which it needs a part', () => {
    const home = { street: 's' };
    const absent = absentFields();
    absent.note(home, new Set(['rooms']));
    const represent = compileRepresentations(requiresOf(ROOMS), { schema, rewrite: null });
    const { representations } = represent([{ __typename: 'Cat', home }], absent);
    expect(representations).toEqual([{ __typename: 'Cat', home: null }]);
  });

  test('has a key __proto__ as any other', () => {
    const entity = JSON.parse('{ "__typename": "Cat", "__proto__": { "x": 1 } }');
    const {
      representations: [one],
    } = represented('{ ... on Cat { __typename __proto__ { x } } }', [entity]);
    expect(JSON.stringify(one)).toBe('{"__typename":"Cat","__proto__":{"x":1}}');
  });
});

describe('the representations of a list', () => {
  const [one, other, again] = [
    { __typename: 'Cat', id: '1', name: 'n' },
    { __typename: 'Cat', id: '2' },
    { __typename: 'Cat', id: '1', name: 'm' },
  ];

  test('are those that are different, in order, each for all its entities', () => {
    const dog = { __typename: 'Dog', id: '1' };
    const { representations, entitiesOf } = represented('{ ... on Pet { __typename id } }', [
      other,
      one,
      dog,
      again,
      other,
    ]);
    expect(representations).toEqual([{ __typename: 'Cat', id: '2' }, { __typename: 'Cat', id: '1' }, dog]);
    expect(entitiesOf).toEqual([[other], [one, again], [dog]]);
  });

  test('leave out what cannot be represented', () => {
    const { representations, entitiesOf } = represented(CAT, [
      { __typename: 'Cat' },
      one,
      { __typename: 'Dog', id: '1' },
    ]);
    expect(representations).toEqual([{ __typename: 'Cat', id: '1' }]);
    expect(entitiesOf).toEqual([[one]]);
  });

  test('tell text from number, and null from what is missing', () => {
    expect(
      represented(CAT, [{ ...one, id: 1 }, one, { ...one, id: null }, { ...one, id: 'null' }]).representations,
    ).toHaveLength(4);
  });

  test('are rewritten, entities are not', () => {
    const rewrite = (representation: Answered) => {
      representation.__typename = 'Pet';
    };
    const { representations } = compileRepresentations(requiresOf(CAT), { schema, rewrite })(
      [one, again],
      absentFields(),
    );
    expect(representations).toEqual([{ __typename: 'Pet', id: '1' }]);
    expect(one.__typename).toBe('Cat');
  });

  test('of type names that nobody knows leave nothing behind', () => {
    const represent = compileRepresentations(requiresOf('{ __typename id }'), { schema, rewrite: null });
    const unknown = Array.from({ length: 1_000 }, (_, i) => ({ __typename: `T${i}`, id: '1' }));
    expect(represent(unknown, absentFields()).representations).toHaveLength(1_000);
    expect(represent([one], absentFields()).representations).toEqual([{ __typename: 'Cat', id: '1' }]);
  });
});
