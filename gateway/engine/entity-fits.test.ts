import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { entityFits } from './entity-fits.ts';
import { keyFields } from './key-fields.fixture.ts';

const schema = buildSchema(`
  type Query { pet: Pet }
  interface Pet { id: ID! }
  type Cat implements Pet { id: ID!  no: ID  name: String  home: Home }
  type Dog implements Pet { id: ID! }
  type Home { id: ID! }
`);

describe('an entity by its type name', () => {
  test.each([
    ['Cat', 'Cat', true],
    ['Pet', 'Cat', true],
    ['Cat', 'Pet', true],
    ['Dog', 'Cat', false],
    ['Nobody', 'Cat', false],
    ['constructor', 'Cat', false],
    [undefined, 'Cat', true],
    ['Cat', undefined, true],
    [7, 'Cat', false],
    [null, undefined, false],
  ])('that says %p where %p is known: %p', (said, known, expected) => {
    const asked = { representation: { id: '1' }, target: { __typename: known } };
    expect(entityFits(new Map(), schema)({ __typename: said }, asked)).toBe(expected);
  });
});

describe('an entity by the keys that it repeats', () => {
  test.each<[string, string, Record<string, unknown>, boolean]>([
    ['the same', 'id', { xinqiao_echo_id: '1' }, true],
    ['as a number', 'id', { xinqiao_echo_id: 1 }, true],
    ['another one', 'id', { xinqiao_echo_id: '2' }, false],
    ['a second one', 'id no', { xinqiao_echo_id: '1', xinqiao_echo_no: '8' }, false],
    ['null', 'id', { xinqiao_echo_id: null }, false],
    ['none', 'id', {}, false],
    ['none where none was sent', 'tag', {}, true],
    ['what is within', 'home { id }', { xinqiao_echo_home: { id: 'h', no: 'x' } }, true],
    ['another within', 'home { id }', { xinqiao_echo_home: { id: 'i' } }, false],
    ['none within', 'home { id }', { xinqiao_echo_home: null }, false],
    ['another one that was not asked for', 'tag', { xinqiao_echo_id: '2' }, true],
    ['another one under a name that the client chose', 'id', { id: '2', xinqiao_echo_id: '1' }, true],
  ])('%s', (_, echoed, entity, expected) => {
    const representation = { __typename: 'Cat', id: '1', no: '9', name: 'n', home: { id: 'h' } };
    expect(
      entityFits(new Map([['Pet', keyFields(echoed)]]), schema)(
        { __typename: 'Cat', ...entity },
        { representation, target: {} },
      ),
    ).toBe(expected);
  });
  test('of another type it is not asked', () => {
    const fits = entityFits(new Map([['Dog', keyFields('id')]]), schema);
    const asked = (typename: string) => ({ representation: { __typename: typename, id: '1' }, target: {} });
    expect(fits({}, asked('Cat'))).toBe(true);
    expect(fits({}, asked('Dog'))).toBe(false);
  });
});
