import { isReferralId } from './referral-id.ts';
import { type DeskAnswer, furthest, type HeldReferral } from './referral-desk.ts';

/** One entry of a department for a referral. */
export interface HeldEntry {
  readonly referralId: string;
  readonly version: number | null;
  readonly answer: DeskAnswer | null;
}

/** What a department holds, in key order: asked for once each, several entries for one put together. */
export async function heldInOrder(
  referralIds: readonly string[],
  find: (ids: readonly string[]) => Promise<readonly HeldEntry[]>,
): Promise<readonly (HeldReferral | null)[]> {
  const asked = [...new Set(referralIds)].filter(isReferralId);
  const found = Map.groupBy(asked.length === 0 ? [] : await find(asked), ({ referralId }) => referralId);
  return referralIds.map((id) => {
    const entries = found.get(id) ?? [];
    if (entries.length === 0) return null;
    const versions = entries.flatMap(({ version }) => version ?? []);
    return {
      version: versions.length === 0 ? null : Math.max(...versions),
      answer: furthest(entries.map(({ answer }) => answer)),
      copies: entries.length,
    };
  });
}
