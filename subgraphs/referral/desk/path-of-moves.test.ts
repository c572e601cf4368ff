import { expect, test } from '@jest/globals';
import type { AnsweredState } from '../../../adapters/shared/referral-desk.ts';
import { type Move, type MoveRule, MOVES } from '../machine.ts';
import { type ReferralState, STATES, TERMINAL } from '../codes.ts';
import { DESK_MOVES, type Path, pathOfMoves } from './path-of-moves.ts';

test.each<[ReferralState, AnsweredState, Path]>([
  ['REQUESTED', 'ACCEPTED', ['ACCEPT']],
  ['REQUESTED', 'REJECTED', ['REJECT']],
  ['REQUESTED', 'IN_PROGRESS', ['ACCEPT', 'START']],
  ['REQUESTED', 'COMPLETED', ['ACCEPT', 'START', 'COMPLETE']],
  ['ACCEPTED', 'COMPLETED', ['START', 'COMPLETE']],
  ['ON_HOLD', 'FAILED', ['RESUME', 'FAIL']],
  ['IN_PROGRESS', 'ACCEPTED', 'BEHIND'],
  ['ON_HOLD', 'IN_PROGRESS', 'BEHIND'],
  ['CANCELLED', 'IN_PROGRESS', 'BEHIND'],
  ['COMPLETED', 'COMPLETED', 'BEHIND'],
  ['ACCEPTED', 'REJECTED', 'CONTRADICTS'],
  ['CANCELLED', 'COMPLETED', 'CONTRADICTS'],
  ['COMPLETED', 'FAILED', 'CONTRADICTS'],
  ['REJECTED', 'ACCEPTED', 'CONTRADICTS'],
])('from %s to what was answered, %s: %j', (from, to, path) => expect(pathOfMoves(from, to)).toEqual(path));

const ANSWERED: readonly AnsweredState[] = ['ACCEPTED', 'REJECTED', 'IN_PROGRESS', 'COMPLETED', 'FAILED'];
const all = STATES.flatMap((from) => ANSWERED.map((to) => [from, to] as const));

test.each(all)(
  'every path from %s to %s is of moves that the machine lets the target make, and ends there',
  (from, to) => {
    const path = pathOfMoves(from, to);
    if (typeof path === 'string') return;
    expect(TERMINAL).not.toContain(from);
    let state: ReferralState = from;
    for (const move of path) {
      const rule: MoveRule = MOVES[move satisfies Move];
      expect([rule.from.includes(state), rule.by.includes('TARGET')]).toEqual([true, true]);
      state = rule.to ?? state;
    }
    expect(state).toBe(to);
  },
);

test('the desk never pauses, cancels or declines', () => {
  expect(DESK_MOVES).not.toEqual(expect.arrayContaining(['HOLD', 'CANCEL', 'DECLINE']));
});
