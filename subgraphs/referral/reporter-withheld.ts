import type { Store } from '../../adapters/store/port.ts';
import { walk } from '../../adapters/store/walk.ts';
import { type Referral, referrals } from './referral.ts';

/**
 * Is the source of a new report withheld? The first recipient is told who reported, and told again; to whoever is told
 * besides it is withheld (domain, section 4), whether or not the reporter says that the new one goes on from the first.
 * The first says that it is: two at once are not both.
 */
export async function reporterWithheld(
  store: Store,
  { personId, reporter, recipient }: { personId: string; reporter: string; recipient: string },
): Promise<Pick<Referral, 'reporterWithheld' | 'isFirstReport'>> {
  let isFirstReport = true;
  for await (const { data } of walk(store, referrals, { index: 'byPerson', value: personId })) {
    if (data.kind !== 'MANDATORY_REPORT' || data.state === 'ENTERED_IN_ERROR') continue;
    if (data.requester.organisation !== reporter) continue;
    isFirstReport = false;
    if (!data.reporterWithheld && data.target.organisation === recipient)
      return { reporterWithheld: false, isFirstReport };
  }
  return { reporterWithheld: !isFirstReport, isFirstReport };
}
