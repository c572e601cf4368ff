import { expect, test } from '@jest/globals';
import { isReference } from './reference.ts';

test.each([
  '民调字〔2026〕12号',
  '（2026）粤0106民初12号',
  '海淀区人民法院（2026）京0108民特12号',
  'form-2026-0117',
  'judgment-2024-0311',
  'civil-affairs-system-2026-001',
  'https://files.example/a/7',
  '帮扶申请-2026-0815',
  'b-1',
  // Twenty digits are a case's number, whatever eighteen of them would be.
  '2011010519491231002X1',
])('%s is a reference', (text) => {
  expect(isReference(text)).toBe(true);
});

test.each([
  ['nothing', ''],
  ['blank', ' '],
  ['a sentence', 'the father beats the girl 2'],
  ['a sentence joined by dashes', 'father-beats-the-girl-since-2026'],
  ['a sentence in Chinese', '父亲自二月起多次殴打女儿母亲知情2026'],
  ['two words', 'form 12'],
  ['a word without a number', 'household-register'],
  ['more than a line', 'form-1\nform-2'],
  ['punctuation of a sentence', '父亲打她，第2次'],
  ['an override of the direction', 'form-\u202e12'],
  ['a lone surrogate', 'form-12\ud800'],
  ['an ID number', '11010519491231002X'],
  ['an ID number in lower case, with something before it', 'ID:11010519491231002x'],
  ['an old ID number', 'sfz-110105491231002'],
  ['61 characters', `a${'1'.repeat(60)}`],
])('no reference: %s', (_, text) => {
  expect(isReference(text)).toBe(false);
});
