import type { Store } from '../../adapters/store/port.ts';
import { walk } from '../../adapters/store/walk.ts';
import { referrals } from './referral.ts';

/**
 * Is the source of a new report withheld? The first recipient is told who reported, and told again; to whoever is told
 * besides it is withheld (domain, section 4), whether or not the reporter says that the new one goes on from the first.
 */
export async function reporterWithheld(
  store: Store,
  { personId, reporter, recipient }: { personId: string; reporter: string; recipient: string },
): Promise<boolean> {
  let before = false;
  for await (const { data } of walk(store, referrals, { index: 'byPerson', value: personId })) {
    if (data.kind !== 'MANDATORY_REPORT' || data.state === 'ENTERED_IN_ERROR') continue;
    if (data.requester.organisation !== reporter) continue;
    if (!data.reporterWithheld && data.target.organisation === recipient) return false;
    before = true;
  }
  return before;
}
