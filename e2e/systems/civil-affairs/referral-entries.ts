/** The bureau's desk for referrals from the hub, behind its SOAP operations. */
import { z } from 'zod';
import { type ClerkAnswer, type ReferralCases, referralCases } from '../shared/referral-cases.ts';

const STATUSES: Readonly<Record<ClerkAnswer['state'], string>> = {
  ACCEPTED: '1',
  REJECTED: '2',
  IN_PROGRESS: '3',
  ON_HOLD: '4',
  COMPLETED: '5',
  FAILED: '6',
};
const RETURN_CODES: Readonly<Record<string, string>> = {
  AT_CAPACITY: 'YM',
  NOT_ELIGIBLE: 'BFH',
  OUT_OF_AREA: 'QW',
  MORE_ASSESSMENT_NEEDED: 'PG',
  CONSENT_MISSING: 'WTY',
  DUPLICATE: 'CF',
  OTHER: 'QT',
};
const RESULT_CODES: Readonly<Record<string, string>> = {
  SERVED: 'YFW',
  UNREACHABLE: 'LXBS',
  MOVED: 'QY',
  DIED: 'SW',
  DECLINED_BY_PERSON: 'XJ',
  OTHER: 'QT',
};
const TOKEN = /^T(\d{1,9})$/;

// The stack gives one repeated element as a string, several as an array.
const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
export const submitRequest = z.object({
  messageId: z.string(),
  referral: z.looseObject({ referralId: z.string().min(1), version: z.coerce.number().int().positive() }),
});
export const answersRequest = z.object({ sinceToken: z.string().nullish(), pageSize: z.coerce.number().int().min(1) });
export const referralsRequest = z.object({ referralId: oneOrMore });

/** Code of the fault, or the answer. */
type Outcome = { readonly fault: string } | { readonly answer: object };

export interface CareReferrals {
  readonly cases: ReferralCases;
  submit(request: z.infer<typeof submitRequest>): Outcome;
  answers(request: z.infer<typeof answersRequest>): Outcome;
  referrals(request: z.infer<typeof referralsRequest>): Outcome;
}

const TAKEN = { AGAIN: 'DUPLICATE_MESSAGE', STALE: 'OLDER_VERSION', REFUSED: 'NOT_ACCEPTED' } as const;

export function careReferrals(): CareReferrals {
  const cases = referralCases();
  return {
    cases,
    submit({ messageId, referral }) {
      const { referralId, version } = referral;
      if (messageId !== `${referralId}:${version}`) return { fault: 'BAD_REQUEST' };
      const taken = cases.take({ referralId, version, content: referral });
      if (taken !== 'NEW' && taken !== 'CHANGED') return { fault: TAKEN[taken] };
      return { answer: { receiptNo: `MZ${referralId.slice(0, 9)}${version}` } };
    },
    answers({ sinceToken, pageSize }) {
      const [, from] = TOKEN.exec(sinceToken ?? 'T0') ?? [];
      if (from === undefined) return { fault: 'BAD_TOKEN' };
      const page = cases.answersAfter(Number(from), Math.min(pageSize, 50));
      const to = Number(from) + page.length;
      const entry = page.map((answer) => entryOf(answer, answer));
      return { answer: { entry, nextToken: `T${to}`, more: cases.answersAfter(to, 1).length > 0 } };
    },
    referrals({ referralId: ids }) {
      const entry = ids.flatMap((referralId) =>
        cases.entriesOf(referralId).map(({ version, answer }) => entryOf({ referralId, version }, answer)),
      );
      return { answer: { entry } };
    },
  };
}

function entryOf({ referralId, version }: { referralId: string; version: number | null }, answer: ClerkAnswer | null) {
  const { state, rejection, outcome, text } = answer ?? {};
  return {
    // An entry of the counter has no id of the hub.
    ...(!referralId.startsWith('LOCAL') && { referralId }),
    ...(version !== null && { version }),
    status: state === undefined ? '0' : STATUSES[state],
    ...(rejection !== undefined && { returnCode: RETURN_CODES[rejection] ?? 'ＸＹ' }),
    ...(outcome !== undefined && { resultCode: RESULT_CODES[outcome] ?? 'ＸＹ' }),
    ...(text !== undefined && { remark: text }),
  };
}
