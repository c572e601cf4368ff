import {
  type DeskAnswer,
  type HeldReferral,
  OUTCOME_CODES,
  REJECTION_CODES,
  type ReferralDesk,
} from '../../adapters/shared/referral-desk.ts';
import { checkAttacked, type Checked, type CheckOptions } from './check-attacked.ts';
import { textFault } from './claims.ts';
import { delivered, type HostileDesk, REFERRAL_IDS } from './hostile-desk.ts';
import { ASKED, PEOPLE, strangerIn } from './people.ts';

const STATES: ReadonlySet<string> = new Set(['ACCEPTED', 'REJECTED', 'IN_PROGRESS', 'COMPLETED', 'FAILED']);
const DELIVERIES: ReadonlySet<string> = new Set(['TAKEN', 'NEWER_THERE', 'REFUSED']);
const MOST_PAGES = 4;
const LONGEST_CURSOR = 8_192;
const MOST_CHARACTERS = 4_000;

/** Answers what is wrong, and how many entries came. */
type Verb = (desk: ReferralDesk, asked: readonly number[]) => Promise<{ claim: string | null; rows: number }>;

const VERBS: readonly Verb[] = [
  async (desk, asked) => {
    const outcomes = await desk.deliver(asked.map(delivered));
    const strange = outcomes.find((one) => !DELIVERIES.has(one));
    if (outcomes.length !== asked.length) return { claim: `${outcomes.length} outcomes`, rows: 0 };
    return { claim: strange === undefined ? null : `no outcome: ${strange}`, rows: outcomes.length };
  },
  async (desk) => {
    let rows = 0;
    for (let cursor: string | null = null, pages = 0; pages < MOST_PAGES; pages += 1) {
      const { answers, next, more } = await desk.answersSince(cursor);
      rows += answers.length;
      const claim = cursorFault(next) ?? answers.map(answerFault).find((one) => one !== null) ?? null;
      if (claim !== null || !more) return { claim, rows };
      cursor = next;
    }
    return { claim: null, rows };
  },
  async (desk, asked) => {
    const ids = asked.map((who) => REFERRAL_IDS[who] ?? '');
    const held = await desk.held(ids);
    if (held.length !== ids.length) return { claim: `${held.length} entries for ${ids.length} ids`, rows: 0 };
    const claim = held.map((one, i) => one && heldFault(one, ids[i] ?? '')).find((one) => one !== null) ?? null;
    return { claim, rows: held.filter((one) => one !== null).length };
  },
];

/**
 * Hands referrals to a real desk and asks it for answers while the department behind it answers what it likes. Whatever
 * that is: a coded error, or what was said about each referral and about no other, clean and in the domain's words.
 */
export async function checkDesk(
  { slug, kinds, mostBytes, open }: HostileDesk,
  options: CheckOptions,
): Promise<Checked> {
  return checkAttacked(
    {
      slug,
      kinds,
      mostBytes,
      open: async ({ question, asked, spoils }, witness) => {
        const desk = open(spoils, witness);
        const verb = VERBS[question % VERBS.length];
        if (verb === undefined) throw new Error('no verb');
        return { ask: async () => verb(desk, ASKED[asked] ?? []), close: async () => desk.close() };
      },
    },
    options,
  );
}

function cursorFault(next: unknown): string | null {
  return typeof next === 'string' && next !== '' && next.length <= LONGEST_CURSOR ? null : 'no cursor';
}

function heldFault({ version, answer, copies }: HeldReferral, id: string): string | null {
  if (version !== null && !(Number.isSafeInteger(version) && version > 0)) return `version ${version}`;
  if (!Number.isSafeInteger(copies) || copies < 1) return `${copies} copies`;
  if (answer !== null && answer.referralId !== id) return `an answer about ${answer.referralId} for ${id}`;
  return answer && answerFault(answer);
}

function answerFault(answer: DeskAnswer): string | null {
  const { referralId, state, rejection, outcome, text, ...more } = answer;
  if (Object.keys(more).length > 0) return `more: ${Object.keys(more).join()}`;
  if (!/^[0-9a-z]{9}-[0-9a-z-]{1,40}$/.test(referralId)) return `no id of a referral: ${referralId.slice(0, 200)}`;
  if (!STATES.has(state)) return `no state: ${state}`;
  if ((rejection !== null) !== (state === 'REJECTED')) return `rejection ${rejection} of ${state}`;
  if ((outcome !== null) !== (state === 'COMPLETED')) return `outcome ${outcome} of ${state}`;
  if (rejection !== null && !REJECTION_CODES.includes(rejection)) return `no rejection: ${rejection}`;
  if (outcome !== null && !OUTCOME_CODES.includes(outcome)) return `no outcome: ${outcome}`;
  const who = REFERRAL_IDS.indexOf(referralId);
  return textFault(text, MOST_CHARACTERS) ?? (who === -1 ? null : strangerIn(text, PEOPLE[who] ?? null));
}
