import { expect, test } from '@jest/globals';
import { foreseenErrors } from './foreseen-errors.ts';

const words = { zh: '部门', en: 'Department' };
const department = { ...words, categories: { notes: words } };

test('a gateway calls every subgraph, and reads the departments that are in its own process', () => {
  const deployment = [
    { name: 'person', module: './person.ts' },
    { name: 'health', module: './health.ts', department },
    { name: 'union', url: 'http://union.example/graphql', department },
  ];
  expect(foreseenErrors({ deployment })).toMatchObject({ called: ['person', 'health', 'union'], read: ['health'] });
});

test('one that is over no deployment answers in the same codes', () => {
  expect(foreseenErrors({ deployment: [] })).toEqual({
    codes: expect.arrayContaining(['INTERNAL', 'BAD_USER_INPUT']),
    called: [],
    read: [],
  });
});
