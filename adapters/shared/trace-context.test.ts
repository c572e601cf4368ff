import { expect, test } from '@jest/globals';
import { traceparentOf } from './trace-context.ts';

const SPAN = '00f067aa0ba902b7';

test('a well-formed context is taken as it came', () => {
  const header = `00-4bf92f3577b34da6a3ce929d0e0e4736-${SPAN}-01`;
  expect(traceparentOf(header)).toBe(header);
});

test.each([
  ['no header', undefined],
  ['two headers', ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01']],
  ['another version', `ff-4bf92f3577b34da6a3ce929d0e0e4736-${SPAN}-01`],
  ['capitals', `00-4BF92F3577B34DA6A3CE929D0E0E4736-${SPAN}-01`],
  ['no trace', `00-${'0'.repeat(32)}-${SPAN}-01`],
  ['no span', `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01`],
  ['more behind it', `00-4bf92f3577b34da6a3ce929d0e0e4736-${SPAN}-01-x`],
  ['a line break', `00-4bf92f3577b34da6a3ce929d0e0e4736-${SPAN}-01\n`],
  ['an ID number as a trace id', `00-${'a'.repeat(14)}110105194912310028-${SPAN}-01`],
  ['an ID number that ends in a letter', `00-${'a'.repeat(15)}11010519491231002-${SPAN}-01`],
  ['an old ID number as a span id', `00-4bf92f3577b34da6a3ce929d0e0e4736-a110105491231002-01`],
])('%s: nothing is taken', (_what, header) => {
  expect(traceparentOf(header)).toBeNull();
});
