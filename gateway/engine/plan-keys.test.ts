import { describe, expect, test } from '@jest/globals';
import { parse, print } from 'graphql';
import { clientsPath, plannedVariables, planKeys, sentVariable } from './plan-keys.ts';

const { planned } = planKeys(`
  directive @join__field(requires: String) on FIELD_DEFINITION
  type Query { person: Person  name: String @deprecated(reason: "requires: title(x: 1)") }
  type Person { id: ID!  grant: String  rank(x: Int): Int  title(x: Int): String
    health: String @join__field(requires: "grant rank(x: 1) home { __typename }") }
`);

function plannedText(text: string): string {
  return print(planned(parse(text))).replaceAll(/\s+/g, ' ');
}

describe('the keys of a plan', () => {
  test.each([
    ['an alias that is the name of a field', '{ person { grant: id } }', '{ person { xinqiao_as_grant: id } }'],
    ['one that is __typename', '{ person { __typename: id } }', '{ person { xinqiao_as___typename: id } }'],
    ['one of the planner', '{ person { id__alias_0: id } }', '{ person { xinqiao_as_id__alias_0: id } }'],
    ['one of these keys', '{ person { xinqiao_as_id: id } }', '{ person { xinqiao_as_xinqiao_as_id: id } }'],
    [
      'one that repeats an ID',
      '{ person { xinqiao_echo_id: grant } }',
      '{ person { xinqiao_as_xinqiao_echo_id: grant } }',
    ],
    ['in a fragment', 'fragment F on Person { id: grant }', 'fragment F on Person { xinqiao_as_id: grant }'],
    [
      'what is required without its arguments',
      '{ person { grant(x: 2) } }',
      '{ person { xinqiao_as_grant: grant(x: 2) } }',
    ],
    ['what is required with arguments', '{ person { rank(x: 2) } }', '{ person { xinqiao_as_rank: rank(x: 2) } }'],
    [
      'the planner’s own variable',
      'query ($representations: Int) { rank(x: $representations) }',
      'query ($xinqiao_as_representations: Int) { xinqiao_as_rank: rank(x: $xinqiao_as_representations) }',
    ],
  ])('are others for %s', (_, asked, expected) => {
    expect(plannedText(asked)).toBe(expected);
  });

  test('and names of variables are told apart', () => {
    const sent = { representations: 1, xinqiao_as_representations: 2, x: 3 };
    const planned = { xinqiao_as_representations: 1, xinqiao_as_xinqiao_as_representations: 2, x: 3 };
    expect(plannedVariables(sent)).toEqual(planned);
    for (const [name, value] of Object.entries(planned)) expect(sentVariable(sent, name)).toBe(value);
    expect(
      plannedText('query ($representations: Int = 1, $xinqiao_as_representations: Int) { title(x: $representations) }'),
    ).toBe(
      'query ($xinqiao_as_representations: Int = 1, $xinqiao_as_xinqiao_as_representations: Int) { title(x: $xinqiao_as_representations) }',
    );
  });

  test.each([
    ['a name', '{ person { id title(x: 2) grant } }'],
    ['an alias that meets nothing', '{ one: person { two: id mine: rank(x: 3) xinqiao_person: id } }'],
    ['an alias that is its own name', '{ person: person { id: id } }'],
  ])('stay for %s', (_, asked) => {
    const document = parse(asked);
    expect(planned(document)).toBe(document);
  });

  test('are those of the client again in the path of an error', () => {
    expect(clientsPath(['a', 0, 'xinqiao_as_xinqiao_as_id', 'xinqiao_as_id__alias_0', 'id__alias_12'])).toEqual([
      'a',
      0,
      'xinqiao_as_id',
      'id__alias_0',
      'id',
    ]);
  });
});
