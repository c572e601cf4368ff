/** From the service's entries about referrals to the words of the domain. */
import { z } from 'zod';
import { type AnswerCodes, answerText, deskAnswer } from '../shared/desk-answer.ts';
import { isReferralId } from '../shared/referral-id.ts';
import type { AnsweredState, DeskAnswer } from '../shared/referral-desk.ts';
import { educationField as field } from './fields.ts';

/** 办理状态. 10 is "not answered yet"; a pause (45) is part of serving. */
const STATES: Readonly<Record<string, AnsweredState>> = {
  '20': 'ACCEPTED',
  '30': 'REJECTED',
  '40': 'IN_PROGRESS',
  '45': 'IN_PROGRESS',
  '50': 'COMPLETED',
  '60': 'FAILED',
};
const WAITING = '10';

const CODES: AnswerCodes = {
  rejections: {
    T1: 'AT_CAPACITY',
    T2: 'NOT_ELIGIBLE',
    T3: 'OUT_OF_AREA',
    T4: 'MORE_ASSESSMENT_NEEDED',
    T5: 'CONSENT_MISSING',
    T6: 'DUPLICATE',
    T9: 'OTHER',
  },
  outcomes: { J1: 'SERVED', J2: 'UNREACHABLE', J3: 'MOVED', J4: 'DIED', J5: 'DECLINED_BY_PERSON', J9: 'OTHER' },
};

/** An entry; a status outside the set is none that the hub could act on, and sets it aside. */
export const referralItem = z
  .object({
    hubReferralId: z.string().refine(isReferralId),
    hubVersion: z.number().int().positive().nullish(),
    status: field.text,
    returnCode: field.optionalText,
    outcomeCode: field.optionalText,
    note: answerText.nullish(),
  })
  .transform(({ hubReferralId: referralId, hubVersion, status, returnCode, outcomeCode, note }, context) => {
    const held = { referralId, version: hubVersion ?? null };
    if (status === WAITING) return { ...held, answer: null };
    const state = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
    if (state === undefined) {
      context.issues.push({ code: 'custom', input: null, path: ['status'] });
      return z.NEVER;
    }
    const written = { referralId, state, rejection: returnCode, outcome: outcomeCode, text: note ?? null };
    return { ...held, answer: deskAnswer(written, CODES) satisfies DeskAnswer };
  });
