import { describe, expect, test } from '@jest/globals';
import { Kind, type OperationDefinitionNode, parse, print } from 'graphql';
import { conditionValue, conditionVariables, withoutConditions } from './conditions.ts';

function resolved(text: string, values: Record<string, boolean> = {}): string {
  return print(withoutConditions(parse(text), (name) => values[name] === true)).replaceAll(/\s+/g, ' ');
}

describe('variables of conditions', () => {
  test.each([
    ['none', '{ a @skip(if: true) b(x: 1) }', []],
    [
      'each once, by name',
      'query { b @skip(if: $z) c @include(if: $z) a { ...F @include(if: $b) } } fragment F on T { ... @skip(if: $a) { x } }',
      ['a', 'b', 'z'],
    ],
    ['none of arguments and other directives', '{ a(x: $x) @other(if: $y) }', []],
  ])('%s', (_, text, names) => {
    expect(conditionVariables(parse(text))).toEqual(names);
  });

  test.each<[string, Record<string, unknown>, boolean]>([
    ['as sent', { no: true }, true],
    ['as sent, before the default', { yes: false }, false],
    ['the default where it is not sent', { yes: undefined }, true],
    ['the default', {}, true],
    ['not set at all', { no: undefined }, false],
    ['null', { yes: null }, false],
    ['what is no boolean', { no: 'text' }, false],
    ['nothing inherited', Object.create({ no: true }), false],
  ])('%s', (_, variables, expected) => {
    const [operation] = parse('query ($yes: Boolean = true, $no: Boolean) { a }')
      .definitions as OperationDefinitionNode[];
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('an operation expected');
    const name = 'no' in variables ? 'no' : 'yes';
    expect(conditionValue(operation, name, variables)).toBe(expected);
  });
});

describe('without conditions', () => {
  test.each([
    ['@skip that holds', '{ a b @skip(if: true) }', '{ a }'],
    ['@skip that does not', '{ a b @skip(if: false) }', '{ a b }'],
    ['@include that holds', '{ a b @include(if: true) }', '{ a b }'],
    ['@include that does not', '{ a b @include(if: false) }', '{ a }'],
    [
      'both, of which one takes it out',
      '{ a b @include(if: true) @skip(if: true) c @include(if: false) @skip(if: false) }',
      '{ a }',
    ],
    ['variables', '{ a @skip(if: $t) b @include(if: $t) c @skip(if: $f) d @include(if: $f) }', '{ b c }'],
    ['other directives stay', '{ a @other(if: true) @skip(if: false) }', '{ a @other(if: true) }'],
    [
      'fragments',
      '{ a ...F @skip(if: true) ...G @skip(if: false) } fragment F on T { f } fragment G on T { g @skip(if: true) h }',
      '{ a ...G } fragment F on T { f } fragment G on T { h }',
    ],
    [
      'inline fragments',
      '{ a ... @include(if: false) { b } ... on T @include(if: true) { c } }',
      '{ a ... on T { c } }',
    ],
    ['an object that is emptied', '{ a { b @skip(if: true) } }', '{ a { xinqiao_nothing: __typename } }'],
    [
      'a fragment that is emptied',
      '{ ...F } fragment F on T { f @skip(if: true) }',
      '{ ...F } fragment F on T { xinqiao_nothing: __typename }',
    ],
    [
      'an inline fragment that is emptied',
      '{ a ... { f @skip(if: true) } }',
      '{ a ... { xinqiao_nothing: __typename } }',
    ],
    ['all of it', '{ a @skip(if: true) }', '{ xinqiao_nothing: __typename }'],
    ['an emptied object that is taken out', '{ a b @skip(if: true) { c @skip(if: true) } }', '{ a }'],
  ])('%s', (_, asked, expected) => {
    expect(resolved(asked, { t: true, f: false })).toBe(expected);
  });

  test('what has none stays itself', () => {
    const document = parse('{ a @other(if: true) { b } }');
    expect(withoutConditions(document, () => true)).toBe(document);
  });
});
