/** What the hub hands to a department's own system, and what comes back from it, in the domain's words (domain, section 5). */

export type DeskState =
  | 'REQUESTED'
  | 'ACCEPTED'
  | 'IN_PROGRESS'
  | 'ON_HOLD'
  | 'COMPLETED'
  | 'FAILED'
  | 'REJECTED'
  | 'CANCELLED'
  | 'ENTERED_IN_ERROR';

/** A referral as the institution that is asked may know it. The reason in words is not in it, and must not be. */
export interface DeskReferral {
  /** The hub's, and the key under which the department's system keeps it. */
  readonly id: string;
  /** A newer one takes the place of an older one, never the other way round. */
  readonly version: number;
  readonly state: DeskState;
  readonly kind: string;
  readonly priority: 'ROUTINE' | 'URGENT' | 'CRISIS';
  readonly reasonCode: string;
  readonly ageBand: string;
  readonly division: string | null;
  /** The institution that is asked, and its service; directory ids. */
  readonly organisation: string;
  readonly serviceId: string | null;
  /** ISO instant. */
  readonly createdAt: string;
  /** The person's local ids there; none before the referral was accepted, nor after it ended. */
  readonly localIds: readonly string[];
}

export const REJECTION_CODES = [
  'AT_CAPACITY',
  'NOT_ELIGIBLE',
  'OUT_OF_AREA',
  'MORE_ASSESSMENT_NEEDED',
  'CONSENT_MISSING',
  'DUPLICATE',
  'OTHER',
] as const;
export const OUTCOME_CODES = ['SERVED', 'UNREACHABLE', 'MOVED', 'DIED', 'DECLINED_BY_PERSON', 'OTHER'] as const;

export type AnsweredState = 'ACCEPTED' | 'REJECTED' | 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';

/** How far the department has come with a referral. Answers only go forward, so that order and repetition do not matter. */
export interface DeskAnswer {
  readonly referralId: string;
  readonly state: AnsweredState;
  /** Of `REJECTED`. */
  readonly rejection: (typeof REJECTION_CODES)[number] | null;
  /** Of `COMPLETED`. */
  readonly outcome: (typeof OUTCOME_CODES)[number] | null;
  /** Why it was rejected or failed, or the advice back. */
  readonly text: string | null;
}

/** `NEWER_THERE`: the department had a newer version already. `REFUSED`: it will not take it as it is; somebody must look. */
export type Delivery = 'TAKEN' | 'NEWER_THERE' | 'REFUSED';

export interface AnswerPage {
  /** Perhaps some twice, some out of order, some about what is not the hub's. */
  readonly answers: readonly DeskAnswer[];
  /** Give it back for what comes after; survives a restart of both sides. */
  readonly next: string;
  /** There is more behind `next` now. */
  readonly more: boolean;
}

export interface HeldReferral {
  /** The newest that it was told; `null` where the department lost it. */
  readonly version: number | null;
  /** `null` = not answered yet. */
  readonly answer: DeskAnswer | null;
  /** How many entries it has for this one referral; more than one is somebody's double work. */
  readonly copies: number;
}

interface DeskOptions {
  /** Aborts when the caller is gone. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A department's own system as it takes referrals. Everything may be done again: a version that was taken is taken once.
 * Throws `SourceError` where the system as a whole does not serve; what it took before that is taken.
 */
export interface ReferralDesk {
  /** One outcome a referral, in their order. */
  deliver(referrals: readonly DeskReferral[], options?: DeskOptions): Promise<readonly Delivery[]>;
  /** What was answered there, from the beginning with `null`. */
  answersSince(cursor: string | null, options?: DeskOptions): Promise<AnswerPage>;
  /** In key order; `null` = it has no such referral. */
  held(referralIds: readonly string[], options?: DeskOptions): Promise<readonly (HeldReferral | null)[]>;
  close(): Promise<void>;
}

/** Before the referral is over, its institution may still answer. */
export const isOver = (state: DeskState): boolean =>
  !(['REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD'] satisfies DeskState[] as readonly DeskState[]).includes(state);

const STEPS: readonly AnsweredState[] = ['ACCEPTED', 'IN_PROGRESS', 'REJECTED', 'FAILED', 'COMPLETED'];

/** Of several entries for one referral, the answer that has come furthest. */
export function furthest(answers: readonly (DeskAnswer | null)[]): DeskAnswer | null {
  const step = (answer: DeskAnswer | null) => (answer === null ? -1 : STEPS.indexOf(answer.state));
  return answers.reduce((best, answer) => (step(answer) > step(best) ? answer : best), null);
}
