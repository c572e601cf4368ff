import type { Measure } from '../../../adapters/shared/measures.ts';
import type { Store } from '../../../adapters/store/port.ts';
import { referrals } from '../referral.ts';

/** How many referrals have a clock that runs and is overdue. Costs as much as there are such instants, by the index. */
export async function overdueMeasure({ store, now }: { store: Store; now: () => number }): Promise<Measure> {
  const due = await store.countBy(referrals, 'byClockDue', { from: '', to: new Date(now()).toISOString() });
  return { name: 'xinqiao_referrals_overdue', value: [...due.values()].reduce((sum, count) => sum + count, 0) };
}
