import { shanghaiDay } from '../../adapters/shared/shanghai-day.ts';
import type { Clock, Store } from '../../adapters/store/port.ts';
import { walk } from '../../adapters/store/walk.ts';
import { organisations } from '../directory/organisation.ts';
import type { HubEvent, HubEvents } from '../person/hub-events.ts';
import { onRunningEmergency } from './basis-until.ts';
import { KIND_RULES } from './kind-rules.ts';
import { type ReferralState } from './codes.ts';
import { type Referral, referrals } from './referral.ts';
import { sidesOf } from './roles.ts';

const WORDS: Readonly<Record<ReferralState, string>> = {
  REQUESTED: '待答复',
  ACCEPTED: '已接受',
  IN_PROGRESS: '服务中',
  ON_HOLD: '暂停',
  COMPLETED: '已完成',
  FAILED: '未能完成',
  REJECTED: '已拒绝',
  CANCELLED: '已取消',
  ENTERED_IN_ERROR: '录入错误',
};

/** A person's referrals on the timeline: for their two sides, and for the person, on an emergency after its end; a report for the two sides alone. */
export function referralEvents(store: Store, { now = Date.now }: { now?: Clock } = {}): HubEvents {
  return async (personId, request) => {
    const events: HubEvent[] = [];
    for await (const { data } of walk(store, referrals, { index: 'byPerson', value: personId })) {
      const shown =
        request.caller.personId === null
          ? isKnownTo(request, data)
          : !KIND_RULES[data.kind].statutory && !(await onRunningEmergency({ store, now }, data.basis));
      const event = shown ? eventOf(data) : null;
      if (event !== null) events.push({ ...event, organisation: await nameOf(store, data.target.organisation) });
    }
    return events;
  };
}

/** To a target that has not accepted, a referral does not say whom it is about: so neither does this timeline. */
function isKnownTo(request: Parameters<HubEvents>[1], data: Referral): boolean {
  const sides = sidesOf(request, data);
  return sides.includes('REQUESTER') || (sides.includes('TARGET') && data.acceptedAt !== null);
}

/** An event stands under a department: between two parties without one there is none to stand under. */
function eventOf({
  createdAt,
  state,
  requester,
  target,
  reporterWithheld,
}: Referral): Omit<HubEvent, 'organisation'> | null {
  // The source of a report is withheld here as well.
  const department = target.department ?? (reporterWithheld ? null : requester.department);
  if (department === null) return null;
  const title = `转介：${WORDS[state]}`;
  return { date: shanghaiDay(Date.parse(createdAt)), department, code: 'REFERRAL', title };
}

async function nameOf(store: Store, organisation: string): Promise<string> {
  return (await store.load(organisations, organisation))?.data.name ?? organisation;
}
