import { type Consent, consentInForce, type Recipient } from '../consent/consent.ts';

/** What a referral shares, as far as a decision needs it. The referral's own subgraph fills it. */
export interface SharedReferral {
  readonly id: string;
  /** Whom it shares with: the target. */
  readonly recipients: readonly Recipient[];
  /** Full names, like `health:visits`: exactly what it lists. */
  readonly categories: readonly string[];
  /** ISO instants. Before acceptance a referral opens no category. */
  readonly acceptedAt: string | null;
  /** Completed or failed: sharing goes on for seven days, acknowledged or not. */
  readonly finishedAt: string | null;
  /** Rejected, cancelled, declined or entered in error: sharing ends at once. */
  readonly endedAt: string | null;
  /** The consent under it, if that is its basis: sharing ends with it. */
  readonly consentId: string | null;
  /** Instant at which its basis ends by itself, an emergency's three hours or its review: it counts no more. `null` = none. */
  readonly until: string | null;
}

/** Of a report as of a referral: what it opened goes on for so long after it was completed or failed. */
export const SHARED_AFTER_THE_END_MS = 7 * 86_400_000;

/** From acceptance until seven days after its end; at once no more where it broke off or its basis ended. */
export function isShared(
  { acceptedAt, finishedAt, endedAt, consentId, until }: SharedReferral,
  { consents, now }: { readonly consents: readonly Consent[]; readonly now: number },
): boolean {
  if (acceptedAt === null || endedAt !== null || now < Date.parse(acceptedAt)) return false;
  if (until !== null && now >= Date.parse(until)) return false;
  if (finishedAt !== null && now >= Date.parse(finishedAt) + SHARED_AFTER_THE_END_MS) return false;
  if (consentId === null) return true;
  return consents.some((consent) => consent.id === consentId && consentInForce(consent, now));
}

/** Does what it shares stand on an emergency? Whoever is told of such a referral while it is shared learns that one runs. */
export function isOnEmergency({ consentId, until }: SharedReferral): boolean {
  return consentId === null && until !== null;
}

/** A report of harm, as far as a decision needs it (未成年人保护法 art. 11; 反家庭暴力法 art. 14). */
export interface MandatoryReport {
  readonly id: string;
  /** Police, civil affairs, education, by its kind. */
  readonly recipients: readonly Recipient[];
  /** Needed to act. */
  readonly categories: readonly string[];
  readonly from: string;
  /** Instant at which it opens, or opened, no more; `null` = neither completed nor ended. */
  readonly to: string | null;
  /** Hub ids. They are nobody's guardian here before a human releases them, and before `to` is set in any case. */
  readonly suspects: readonly string[];
}

/** Where the decision learns of referrals and reports: they are kept elsewhere. In order of ids. */
export interface SharedFacts {
  ofPersons(
    personIds: readonly string[],
  ): Promise<
    readonly { readonly referrals: readonly SharedReferral[]; readonly reports: readonly MandatoryReport[] }[]
  >;
}

/** Of a hub that has no referrals yet. */
export const noSharedFacts: SharedFacts = {
  ofPersons: async (ids) => ids.map(() => ({ referrals: [], reports: [] })),
};
