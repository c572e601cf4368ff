/** Where a department's system keeps the referrals that the hub delivers, and what its clerks answer. */

import { z } from 'zod';

/** In the hub's words; each system writes it in its own codes. */
export const clerkAnswer = z
  .strictObject({
    state: z.enum(['ACCEPTED', 'REJECTED', 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'FAILED']),
    rejection: z.string().exactOptional(),
    outcome: z.string().exactOptional(),
    text: z.string().exactOptional(),
  })
  .readonly();
export type ClerkAnswer = z.infer<typeof clerkAnswer>;

/** How tests and the demo play the clerks, and look into the cabinet. */
export interface ReferralClerks {
  /** What is held, an entry each, duplicates included. `taken`: all that the hub sent with it, as text. */
  held(): readonly { readonly referralId: string; readonly version: number | null; readonly taken: string }[];
  /** Answers; an entry that the hub never sent is made. */
  answer(referralId: string, answer: ClerkAnswer): void | Promise<void>;
  /** Makes a second entry for the same referral, as a clerk does who does not see the first. */
  enterAgain(referralId: string): void | Promise<void>;
  /** From now on this one is refused. */
  refuse(referralId: string): void;
  /** The next deliveries are taken, and the answers to them get lost on the way. */
  loseAnswers(count: number): void;
}

export interface DeliveredCase {
  readonly referralId: string;
  readonly version: number;
  /** As it came. */
  readonly content: object;
}

export interface KeptAnswer extends ClerkAnswer {
  readonly referralId: string;
  readonly version: number | null;
}

export interface ReferralCases extends ReferralClerks {
  take(delivered: DeliveredCase): 'NEW' | 'AGAIN' | 'CHANGED' | 'STALE' | 'REFUSED';
  /** Is the answer to this delivery to get lost? Counts down. */
  loses(): boolean;
  /** The log of answers behind a place in it. */
  answersAfter(place: number, first: number): readonly KeptAnswer[];
  entriesOf(referralId: string): readonly { readonly version: number | null; readonly answer: ClerkAnswer | null }[];
}

interface Entry {
  readonly referralId: string;
  version: number | null;
  content: object;
  answer: ClerkAnswer | null;
}

export function referralCases(): ReferralCases {
  const entries: Entry[] = [];
  const log: KeptAnswer[] = [];
  const refused = new Set<string>();
  let toLose = 0;
  const entryOf = (id: string) => entries.find(({ referralId }) => referralId === id);

  return {
    held: () =>
      entries.map(({ referralId, version, content }) => ({ referralId, version, taken: JSON.stringify(content) })),
    answer(referralId, answer) {
      let entry = entryOf(referralId);
      if (entry === undefined) {
        entry = { referralId, version: null, content: {}, answer: null };
        entries.push(entry);
      }
      entry.answer = answer;
      log.push({ referralId, version: entry.version, ...answer });
    },
    enterAgain(referralId) {
      const entry = entryOf(referralId);
      if (entry === undefined) throw new Error(`there is no ${referralId} to enter again`);
      entries.push({ ...entry, answer: null });
    },
    refuse: (referralId) => void refused.add(referralId),
    loseAnswers(count) {
      toLose = count;
    },
    loses() {
      if (toLose === 0) return false;
      toLose -= 1;
      return true;
    },
    take({ referralId, version, content }) {
      if (refused.has(referralId)) return 'REFUSED';
      const entry = entryOf(referralId);
      if (entry === undefined) {
        entries.push({ referralId, version, content, answer: null });
        return 'NEW';
      }
      if (entry.version === version) return 'AGAIN';
      if (entry.version !== null && entry.version > version) return 'STALE';
      Object.assign(entry, { version, content });
      return 'CHANGED';
    },
    answersAfter: (place, first) => log.slice(place, place + first),
    entriesOf: (id) =>
      entries.filter(({ referralId }) => referralId === id).map(({ version, answer }) => ({ version, answer })),
  };
}
