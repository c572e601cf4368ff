import { expect, test } from '@jest/globals';
import { withoutMarks } from './without-marks.ts';

test.each([
  ['{person(id:$id){__typename xinqiao_person:id maskedName}}', '{person(id:$id){__typename maskedName}}'],
  ['{edges{node{title xinqiao_category:category}}gaps{reason}}', '{edges{node{title}}gaps{reason}}'],
  ['{node{xinqiao_category:category title}}', '{node{title}}'],
])('with the marks and without them it is the same query: %s', (marked, plain) => {
  expect(withoutMarks(marked)).toBe(withoutMarks(plain));
});

test('what a caller asked for stays', () => {
  expect(withoutMarks('{node{category other:category}}')).toBe('{node{category other:category}}');
});
