/** From the bureau's entries about referrals to the words of the domain. */
import { z } from 'zod';
import { type AnswerCodes, deskAnswer } from '../shared/desk-answer.ts';
import type { HeldEntry } from '../shared/held-in-order.ts';
import { isReferralId } from '../shared/referral-id.ts';
import type { AnsweredState } from '../shared/referral-desk.ts';
import { careField } from './care-fields.ts';

/** 0 is "not answered yet"; a pause (4) is part of serving. */
const STATES: Readonly<Record<string, AnsweredState>> = {
  '1': 'ACCEPTED',
  '2': 'REJECTED',
  '3': 'IN_PROGRESS',
  '4': 'IN_PROGRESS',
  '5': 'COMPLETED',
  '6': 'FAILED',
};
const WAITING = '0';

const CODES: AnswerCodes = {
  rejections: {
    YM: 'AT_CAPACITY',
    BFH: 'NOT_ELIGIBLE',
    QW: 'OUT_OF_AREA',
    PG: 'MORE_ASSESSMENT_NEEDED',
    WTY: 'CONSENT_MISSING',
    CF: 'DUPLICATE',
    QT: 'OTHER',
  },
  outcomes: { YFW: 'SERVED', LXBS: 'UNREACHABLE', QY: 'MOVED', SW: 'DIED', XJ: 'DECLINED_BY_PERSON', QT: 'OTHER' },
};

/** An entry; a status outside the set is none that the hub could act on, and sets it aside. */
export const referralRow = z
  .object({
    referralId: z.string().refine(isReferralId),
    version: careField.optionalCount,
    status: careField.code,
    returnCode: careField.optionalCode,
    resultCode: careField.optionalCode,
    remark: careField.optionalText,
  })
  .transform(({ referralId, version, status, returnCode, resultCode, remark }, context): HeldEntry => {
    if (status === WAITING) return { referralId, version, answer: null };
    const state = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
    if (state === undefined) {
      context.issues.push({ code: 'custom', input: null, path: ['status'] });
      return z.NEVER;
    }
    const written = { referralId, state, rejection: returnCode, outcome: resultCode, text: remark };
    return { referralId, version, answer: deskAnswer(written, CODES) };
  });
