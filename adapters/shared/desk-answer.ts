import { z } from 'zod';
import { cleanText } from './fold-width.ts';
import { meaningOf } from './loose-field.ts';
import { type AnsweredState, type DeskAnswer, OUTCOME_CODES, REJECTION_CODES } from './referral-desk.ts';

type Rejection = (typeof REJECTION_CODES)[number];
type Outcome = (typeof OUTCOME_CODES)[number];

/** As long as the hub takes one. An answer with a longer text is set aside: it could not be brought back whole. */
export const answerText = z.string().max(4_000);

/** A department's own codes, as the domain has them. */
export interface AnswerCodes {
  readonly rejections: Readonly<Record<string, Rejection>>;
  readonly outcomes: Readonly<Record<string, Outcome>>;
}

/** An answer as a department wrote it. */
export interface WrittenAnswer {
  readonly referralId: string;
  readonly state: AnsweredState;
  readonly rejection: string | null;
  readonly outcome: string | null;
  readonly text: string | null;
}

/** A code outside its set is `OTHER`, which must be explained: where nobody did, by the code itself. */
export function deskAnswer(
  { referralId, state, rejection, outcome, text }: WrittenAnswer,
  { rejections, outcomes }: AnswerCodes,
): DeskAnswer {
  const said = cleanText(text ?? '') || null;
  const rejected = state === 'REJECTED' ? meaningOf(rejections, rejection) : null;
  return {
    referralId,
    state,
    rejection: rejected,
    outcome: state === 'COMPLETED' ? meaningOf(outcomes, outcome) : null,
    text: said ?? (rejected === 'OTHER' ? `代码 ${rejection ?? '无'}` : null),
  };
}

/** Of a department that writes the domain's own words. */
export const DOMAIN_CODES: AnswerCodes = {
  rejections: Object.fromEntries(REJECTION_CODES.map((code) => [code, code])),
  outcomes: Object.fromEntries(OUTCOME_CODES.map((code) => [code, code])),
};
