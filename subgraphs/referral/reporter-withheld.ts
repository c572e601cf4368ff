import type { Store } from '../../adapters/store/port.ts';
import { walk } from '../../adapters/store/walk.ts';
import { type Referral, referrals } from './referral.ts';

/**
 * Is the source of a new report withheld? The first recipient is told who reported, and told again; to whoever is told
 * besides it is withheld (domain, section 4), whether or not the reporter says that the new one goes on from the first.
 * The first says that it is: two at once are not both. One person is also who has the same ID number under another name.
 */
export async function reporterWithheld(
  store: Store,
  { personId, numberHash, requester, target }: Pick<Referral, 'personId' | 'numberHash' | 'requester' | 'target'>,
): Promise<Pick<Referral, 'reporterWithheld' | 'isFirstReport'>> {
  let isFirstReport = true;
  for (const over of [
    { index: 'byPerson', value: personId } as const,
    ...(numberHash === null ? [] : [{ index: 'byNumber', value: numberHash } as const]),
  ])
    for await (const { data } of walk(store, referrals, over)) {
      if (data.kind !== 'MANDATORY_REPORT' || data.state === 'ENTERED_IN_ERROR') continue;
      if (data.requester.organisation !== requester.organisation) continue;
      isFirstReport = false;
      if (!data.reporterWithheld && data.target.organisation === target.organisation)
        return { reporterWithheld: false, isFirstReport };
    }
  return { reporterWithheld: !isFirstReport, isFirstReport };
}
