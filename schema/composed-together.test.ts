import { expect, test } from '@jest/globals';
import { areComposedTogether, type ComposedTexts, marked } from './composed-together.ts';

const texts = { supergraph: 'type Query {\n  a: Int\n}\n', api: 'type Query {\n  a: Int\n}', permissions: '{\n}' };
const composed = { ...texts, supergraph: marked(texts) };

test('what one composition wrote belongs together', () => {
  expect(areComposedTogether(composed)).toBe(true);
});

test('the mark is one line before the supergraph', () => {
  expect(composed.supergraph).toBe(`${composed.supergraph.split('\n')[0]}\n${texts.supergraph}`);
});

const broken: readonly (readonly [string, Partial<ComposedTexts>])[] = [
  ["another's permission table", { permissions: '{ }' }],
  ["another's public API", { api: 'type Query {\n  b: Int\n}' }],
  ['a supergraph without a mark', { supergraph: texts.supergraph }],
  ['a supergraph that was changed by hand', { supergraph: composed.supergraph.replace('Int', 'ID') }],
  ['a supergraph whose end is missing', { supergraph: composed.supergraph.slice(0, -4) }],
  ['a supergraph that begins in the middle of the mark', { supergraph: composed.supergraph.slice(2) }],
  ['nothing at all', { supergraph: '', api: '', permissions: '' }],
];
test.each(broken)('%s does not', (_, change) => {
  expect(areComposedTogether({ ...composed, ...change })).toBe(false);
});

test('line ends and the end of the file make no difference: version control changes them', () => {
  const rewritten = (text: string) => `${text.trimEnd().replaceAll('\n', '\r\n')}\r\n`;
  const { supergraph, api, permissions } = composed;
  expect(
    areComposedTogether({
      supergraph: rewritten(supergraph),
      api: rewritten(api),
      permissions: rewritten(permissions),
    }),
  ).toBe(true);
});
