import { expect, test } from '@jest/globals';
import { emergencyReason } from './emergency-reason.ts';

const TWENTY = '病人在天台上要跳楼，须核对其正在用的药物。';

test.each([
  ['twenty characters of Chinese', TWENTY],
  ['twenty characters of English', 'On the roof, acutely'],
  ['two lines', 'Overdose, unconscious.\nWhich drugs does he take?'],
  ['two thousand', TWENTY.repeat(100).slice(0, 2_000)],
])('a reason: %s', (_, reason) => {
  expect(emergencyReason(reason)).toBe(reason);
});

test.each([
  ['nineteen characters', 'On the roof, acutel'],
  ['spaces', ' '.repeat(40)],
  ['spaces between', `abcdef${' '.repeat(40)}g`],
  ['nineteen with spaces around them', `     On the roof, acutel     `],
  ['one letter', '啊'.repeat(30)],
  ['two letters', 'ab'.repeat(20)],
  ['figures and dots', '1234567890.,;:!?()[]{}'],
  ['characters that nobody sees', '\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064'.repeat(5)],
  ['line breaks', '\n\t\r'.repeat(10)],
  ['more than two thousand', TWENTY.repeat(100).slice(0, 2_001)],
])('no reason: %s', (_, reason) => {
  expect(emergencyReason(reason)).toBeNull();
});

test('what would turn the text around is not kept', () => {
  expect(emergencyReason(`  ${TWENTY}\u202e `)).toBe(TWENTY);
});
