import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'graphql';
import { documentLimits, documentMeasures } from './document-limits.ts';

const many = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i)).join(' ');
type Name = keyof ReturnType<typeof documentMeasures>;

describe('what is measured', () => {
  test.each<[Name, number, string]>([
    ['depth', 1, '{ a }'],
    ['depth', 3, '{ a { b { c } d } }'],
    ['depth', 3, '{ a { ... { ... { b { c } } } } }'],
    ['depth', 4, '{ a { ...F } } fragment F on T { b { ...G } } fragment G on T { c { d } }'],
    ['depth', 4, '{ ...G a { b { ...G } } } fragment G on T { c { d } }'],
    ['depth', 0, '{ __schema { types { name } } }'],
    ['depth', 2, 'query A { a } query B { a { b } }'],
    ['aliases', 4, '{ x: a y: a { z: b } ... { w: c } }'],
    ['aliases', 4, '{ ...F ...F } fragment F on T { x: a y: b }'],
    ['rootFields', 3, '{ a b { c d } ... { e } }'],
    ['rootFields', 6, '{ ...F ...F } fragment F on Q { a b ...G } fragment G on Q { c { d } }'],
    ['selections', 4, '{ a { b c } d }'],
    ['selections', 6, '{ ...F ...F } fragment F on Q { a b }'],
    ['directives', 4, 'query @x { a @x ... @x { b } ...F } fragment F on Q @x { c }'],
    ['directives', 3, '{ ...F @x ...F @y ...F @z } fragment F on Q { a }'],
    ['directives', 2, '{ ...F ...F } fragment F on Q { a @x }'],
  ])('%s: %i in %s', (name, measure, query) => {
    expect(documentMeasures(parse(query))[name]).toBe(measure);
  });
});

describe('fragments cannot make the measuring slow', () => {
  // A hundred kilobytes within the limit on tokens; put where they are spread, more nodes than there are atoms.
  const name = (i: number) => `F${i}`.padEnd(160, 'x');
  test.each([
    [
      'each twice in the one before',
      many(180, (i) => `fragment ${name(i)} on Q { a ...${name(i + 1)} ...${name(i + 1)} }`),
    ],
    [
      'each in all before',
      many(40, (i) => `fragment ${name(i)} on Q { ${many(40 - i, (j) => `...${name(i + 1 + j)}`)} a }`),
    ],
    [
      'in a circle',
      many(180, (i) => `fragment ${name(i)} on Q { a ...${name((i + 1) % 180)} ...${name((i + 7) % 180)} }`),
    ],
  ])('%s', (_, fragments) => {
    const document = parse(`{ ...${name(0)} } ${fragments}`, { noLocation: true });
    const started = performance.now();
    const limits = documentLimits(document).map(({ extensions }) => extensions.limit);
    // It takes some 20 ms; what grows with the expansion would not end.
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(limits).toContain('selections');
  });
});

test('a fragment measures as much as what stands in its place', () => {
  const leaf = fc.constantFrom('a', 'x: b', 'c @skip(if: true)');
  const { set } = fc.letrec<{ set: string; node: string }>((tie) => ({
    set: fc.array(tie('node'), { minLength: 1, maxLength: 4 }).map((nodes) => nodes.join(' ')),
    node: fc.oneof(
      { depthSize: 'small' },
      leaf,
      tie('set').map((set) => `d { ${set} }`),
      tie('set').map((set) => `... { ${set} }`),
    ),
  }));
  fc.assert(
    fc.property(set, set, (inside, before) => {
      expect(documentMeasures(parse(`{ ${before} ...F e { ...F } } fragment F on Q { ${inside} }`))).toEqual({
        ...documentMeasures(parse(`{ ${before} ... { ${inside} } e { ... { ${inside} } } }`)),
      });
    }),
  );
});
