import { expect, test } from '@jest/globals';
import { describeReferralDesk } from './referral-desk.contract.ts';
import { fakeReferralDesk } from './referral-desk.fixture.ts';
import { type DeskAnswer, type DeskState, furthest, isOver } from './referral-desk.ts';

describeReferralDesk('a desk in memory', async () => {
  const desk = fakeReferralDesk();
  return { desk, clerks: desk.clerks, localIds: ['X2017000001'], again: () => desk };
});

test.each<[DeskState, boolean]>([
  ['REQUESTED', false],
  ['ON_HOLD', false],
  ['COMPLETED', true],
  ['ENTERED_IN_ERROR', true],
])('a referral that is %s is over: %j', (state, over) => expect(isOver(state)).toBe(over));

test('of several answers the one that has come furthest counts', () => {
  const answer = (state: DeskAnswer['state']): DeskAnswer => ({
    referralId: 'a',
    state,
    rejection: null,
    outcome: null,
    text: null,
  });
  expect(furthest([answer('IN_PROGRESS'), null, answer('ACCEPTED')])?.state).toBe('IN_PROGRESS');
  expect(furthest([null])).toBeNull();
});
