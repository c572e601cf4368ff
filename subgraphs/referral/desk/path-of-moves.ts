import type { AnsweredState } from '../../../adapters/shared/referral-desk.ts';
import { type Move, type MoveRule, MOVES } from '../machine.ts';
import type { ReferralState } from '../codes.ts';

/** What the desk may do for its department: go forward. To pause or to cancel is for people, who say why at the hub. */
export const DESK_MOVES = ['ACCEPT', 'REJECT', 'START', 'RESUME', 'COMPLETE', 'FAIL'] as const satisfies Move[];
export type DeskMove = (typeof DESK_MOVES)[number];

/** `BEHIND`: the hub is there already, or further. `CONTRADICTS`: no road leads from the one to the other. */
export type Path = readonly DeskMove[] | 'BEHIND' | 'CONTRADICTS';

/** By which moves the hub comes to where the department has come. */
export function pathOfMoves(from: ReferralState, to: AnsweredState): Path {
  if (from === to || shortest(to, from, Object.keys(MOVES) as Move[]) !== null) return 'BEHIND';
  return shortest(from, to, DESK_MOVES) ?? 'CONTRADICTS';
}

function shortest<M extends Move>(from: ReferralState, to: ReferralState, moves: readonly M[]): readonly M[] | null {
  const paths = new Map<ReferralState, readonly M[]>([[from, []]]);
  // A map is walked in the order of insertion, also what is inserted on the way.
  for (const [state, path] of paths) {
    if (state === to) return path;
    for (const move of moves) {
      const rule: MoveRule = MOVES[move];
      if (rule.to !== null && rule.from.includes(state) && !paths.has(rule.to)) paths.set(rule.to, [...path, move]);
    }
  }
  return null;
}
