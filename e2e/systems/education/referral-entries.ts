/** The department's care desk: referrals from the hub are entered once each, clerks answer, the answers are a log. */
import { z } from 'zod';
import { type ClerkAnswer, type ReferralCases, referralCases } from '../shared/referral-cases.ts';
import { cursorAt, positionOf } from './cursor.ts';

const STATUSES: Readonly<Record<ClerkAnswer['state'], string>> = {
  ACCEPTED: '20',
  REJECTED: '30',
  IN_PROGRESS: '40',
  ON_HOLD: '45',
  COMPLETED: '50',
  FAILED: '60',
};
const RETURN_CODES: Readonly<Record<string, string>> = {
  AT_CAPACITY: 'T1',
  NOT_ELIGIBLE: 'T2',
  OUT_OF_AREA: 'T3',
  MORE_ASSESSMENT_NEEDED: 'T4',
  CONSENT_MISSING: 'T5',
  DUPLICATE: 'T6',
  OTHER: 'T9',
};
const OUTCOME_CODES: Readonly<Record<string, string>> = {
  SERVED: 'J1',
  UNREACHABLE: 'J2',
  MOVED: 'J3',
  DIED: 'J4',
  DECLINED_BY_PERSON: 'J5',
  OTHER: 'J9',
};
const LOG = 'referral-answers';
const MOST_ITEMS = 50;

const delivered = z.object({
  hubReferralId: z.string().min(1).max(64),
  hubVersion: z.number().int().positive(),
  organisation: z.string(),
  studentNos: z.array(z.string()),
});

export interface Reply {
  readonly status: number;
  readonly body: object;
  /** Is the answer to get lost? */
  readonly lost?: boolean;
}

export interface ReferralEntries {
  readonly cases: ReferralCases;
  take(body: unknown, key: string | undefined): Reply;
  byIds(search: URLSearchParams): Reply;
  answers(search: URLSearchParams): Reply;
}

export function referralEntries(): ReferralEntries {
  const cases = referralCases();
  return {
    cases,
    take(body, key) {
      const parsed = delivered.safeParse(body);
      if (!parsed.success) return { status: 400, body: { code: 'bad_referral' } };
      const { hubReferralId: referralId, hubVersion: version } = parsed.data;
      if (key !== `${referralId}:${version}`) return { status: 400, body: { code: 'bad_idempotency_key' } };
      const taken = cases.take({ referralId, version, content: body as object });
      if (taken === 'REFUSED') return { status: 422, body: { code: 'not_accepted_here' } };
      if (taken === 'STALE') return { status: 409, body: { code: 'newer_version_held' } };
      const caseNo = `ZJ${referralId.slice(0, 9)}`;
      return { status: taken === 'NEW' ? 201 : 200, body: { caseNo }, lost: cases.loses() };
    },
    byIds(search) {
      const ids = (search.get('hubReferralId') ?? '').split(',').filter(Boolean);
      if (ids.length === 0 || ids.length > MOST_ITEMS) return { status: 400, body: { code: 'bad_ids' } };
      const items = ids.flatMap((referralId) =>
        cases.entriesOf(referralId).map(({ version, answer }) => item({ referralId, version }, answer)),
      );
      return { status: 200, body: { items } };
    },
    answers(search) {
      const from = positionOf(search.get('cursor'), LOG);
      if (from === null) return { status: 400, body: { code: 'bad_cursor' } };
      const page = cases.answersAfter(from, MOST_ITEMS);
      const items = page.map((answer) => item(answer, answer));
      const to = from + page.length;
      const more = cases.answersAfter(to, 1).length > 0;
      return { status: 200, body: { items: withOddities(items), nextCursor: cursorAt(to, LOG), more } };
    },
  };
}

function item({ referralId, version }: { referralId: string; version: number | null }, answer: ClerkAnswer | null) {
  const { state, rejection, outcome, text = null } = answer ?? {};
  return {
    // What was walked in at the counter has no id of the hub.
    hubReferralId: referralId.startsWith('LOCAL') ? null : referralId,
    hubVersion: version,
    status: state === undefined ? '10' : STATUSES[state],
    returnCode: rejection === undefined ? null : (RETURN_CODES[rejection] ?? 'T7'),
    outcomeCode: outcome === undefined ? null : (OUTCOME_CODES[outcome] ?? 'J7'),
    note: text,
  };
}

/** The log gives a line twice now and then, and ends with one that nobody filled in. */
function withOddities(items: readonly object[]): readonly object[] {
  const [first] = items;
  return first === undefined ? [] : [...items, first, { hubReferralId: null, status: '９９', serial: items.length }];
}
