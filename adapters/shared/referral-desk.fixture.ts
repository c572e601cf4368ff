/** A department's desk in memory, for tests of what stands on the port. */
import { type ReferralClerks, referralCases } from '../../e2e/systems/shared/referral-cases.ts';
import { deskAnswer, DOMAIN_CODES } from './desk-answer.ts';
import { type DeskAnswer, type DeskReferral, furthest, type ReferralDesk } from './referral-desk.ts';
import { SourceError } from './source-error.ts';

const PAGE_SIZE = 50;
const TAKEN = { NEW: 'TAKEN', AGAIN: 'TAKEN', CHANGED: 'TAKEN', STALE: 'NEWER_THERE', REFUSED: 'REFUSED' } as const;

export interface FakeDesk extends ReferralDesk {
  readonly clerks: ReferralClerks;
  /** From now on every call ends in this; `null` = it serves again. */
  break(error: SourceError | null): void;
}

export function fakeReferralDesk(source = 'education'): FakeDesk {
  const cases = referralCases();
  let broken: SourceError | null = null;
  const serving = (signal: AbortSignal | undefined) => {
    if (signal?.aborted) throw new SourceError('SOURCE_TIMEOUT', { source, cause: signal.reason });
    if (broken !== null) throw broken;
  };
  return {
    clerks: cases,
    break(error) {
      broken = error;
    },
    async deliver(referrals, { signal } = {}) {
      serving(signal);
      return referrals.map((content) => {
        const taken = TAKEN[cases.take({ referralId: content.id, version: content.version, content })];
        // Whoever waits for a lost answer asks again.
        if (cases.loses()) cases.take({ referralId: content.id, version: content.version, content });
        return taken;
      });
    },
    async answersSince(cursor, { signal } = {}) {
      serving(signal);
      const place = Number(cursor ?? 0);
      const page = cases.answersAfter(place, PAGE_SIZE);
      const answers = page.map(({ referralId, ...answer }) => answerOf(referralId, answer));
      return { answers, next: String(place + page.length), more: page.length === PAGE_SIZE };
    },
    async held(ids, { signal } = {}) {
      serving(signal);
      return ids.map((id) => {
        const entries = cases.entriesOf(id);
        const [first] = entries;
        if (first === undefined) return null;
        const answers = entries.map(({ answer }) => answer && answerOf(id, answer));
        return { version: first.version, answer: furthest(answers), copies: entries.length };
      });
    },
    async close() {},
  };
}

type Told = Parameters<ReferralClerks['answer']>[1];

/** A pause is not told: the hub has it from people, or not at all. */
function answerOf(referralId: string, told: Told): DeskAnswer {
  const { state, rejection = null, outcome = null, text = null } = told;
  const written = { referralId, state: state === 'ON_HOLD' ? 'IN_PROGRESS' : state, rejection, outcome, text } as const;
  return deskAnswer(written, DOMAIN_CODES);
}

/** A referral as it is delivered at first. */
export const deskReferral = (changes: Partial<DeskReferral> = {}): DeskReferral => ({
  id: '0mi9w3k2s-0b7c3c1e-5a52-4f6e-9a51-0d4f2a6c9e11',
  version: 1,
  state: 'REQUESTED',
  kind: 'SERVICE',
  priority: 'ROUTINE',
  reasonCode: 'MOOD',
  ageBand: 'FROM_14_TO_17',
  division: '390106001001',
  organisation: 'education-bureau',
  serviceId: null,
  createdAt: '2026-11-22T01:02:03.004Z',
  localIds: [],
  ...changes,
});
