import { expect, test } from '@jest/globals';
import { referralChange } from './referral-change.ts';

const party = { department: 'HEALTH', organisation: 'clinic', division: '990101' };
const change = {
  referralId: 'r1',
  kind: 'SERVICE',
  change: 'ACCEPT',
  state: 'ACCEPTED',
  version: 2,
  at: '2026-03-02T01:00:00.000Z',
  parties: [party],
} as const;

test('a change is an event of ids, state and version', () => {
  expect(referralChange('e1', change)).toEqual({
    id: 'e1',
    type: 'REFERRAL_CHANGE',
    data: { ...change, step: null },
  });
});

test.each([
  ['a word in small letters', { change: 'accept' }],
  ['no party', { parties: [] }],
  ['no version', { version: 0 }],
  ['a time that is none', { at: 'yesterday' }],
  ['what it does not know, like a name', { personName: '王小明' }],
])('case 66: a change with %s is not written', (_, wrong) => {
  expect(() => referralChange('e1', { ...change, ...wrong })).toThrow();
});
