import type { DeskAnswer } from '../../../adapters/shared/referral-desk.ts';
import type { DeskServices } from './bring-over.ts';
import { pathOfMoves } from './path-of-moves.ts';

/** So often somebody may be faster with the same referral before the answer waits for the next round. */
const MOST_CONFLICTS = 5;
/** Somebody was faster: what is there now decides anew. */
const LOOK_AGAIN: ReadonlySet<string> = new Set(['CONFLICT', 'WRONG_STATE']);

/**
 * What became of an answer: `DONE`, the hub went along; `NOTHING_NEW`, it was there already; `NOT_OURS`, no referral to
 * this department; `CONTRADICTS`, the hub decided otherwise meanwhile; else the code by which the hub refused it.
 */
export type Fate = 'DONE' | 'NOTHING_NEW' | 'NOT_OURS' | 'CONTRADICTS' | { readonly refused: string };

export interface BroughtBack {
  readonly next: string;
  readonly more: boolean;
  readonly done: number;
}

/** One page of what was answered at the department, brought to the hub. What cannot be done is told, and stays there. */
export async function bringBack(services: DeskServices, after: string | null): Promise<BroughtBack> {
  const { answers, next, more } = await services.desk.answersSince(after);
  let done = 0;
  for (const answer of answers) {
    const fate = await bringBackOne(services, answer);
    if (fate === 'DONE') done += 1;
    else if (fate !== 'NOTHING_NEW') tell(services, answer, fate);
  }
  return { next, more, done };
}

function tell({ log, department }: DeskServices, { referralId, state }: DeskAnswer, fate: Fate): void {
  const why = typeof fate === 'string' ? fate : fate.refused;
  // What is not ours is not named: it may be anything.
  log.warn({ department, ...(fate !== 'NOT_OURS' && { referralId }), state, why }, 'an answer was set aside');
}

/** Makes the moves that lead to what was answered, each on the version that is there. */
export async function bringBackOne({ hub, department }: DeskServices, answer: DeskAnswer): Promise<Fate> {
  let moved = false;
  for (let conflicts = 0; conflicts < MOST_CONFLICTS;) {
    const referral = await hub.referral(answer.referralId);
    if (referral === null || referral.department !== department) return 'NOT_OURS';
    const path = pathOfMoves(referral.state, answer.state);
    if (path === 'BEHIND') return moved ? 'DONE' : 'NOTHING_NEW';
    const [move] = path === 'CONTRADICTS' ? [] : path;
    if (move === undefined) return 'CONTRADICTS';
    const refused = await hub.move(referral, move, answer);
    if (refused === null) moved = true;
    else if (LOOK_AGAIN.has(refused)) conflicts += 1;
    else return { refused };
  }
  return { refused: 'CONFLICT' };
}
