import { type DeskReferral, isOver, type ReferralDesk } from '../../../adapters/shared/referral-desk.ts';
import type { Log } from '../../shared/log.ts';
import type { HubReferral, HubReferrals } from './hub-referrals.ts';

export interface DeskServices {
  readonly hub: HubReferrals;
  readonly desk: ReferralDesk;
  /** Enum value, e.g. `EDUCATION`. */
  readonly department: string;
  readonly log: Log;
}

export interface BroughtOver {
  readonly next: string | null;
  readonly more: boolean;
  readonly delivered: number;
}

/**
 * One page of what changed at the hub, brought to the department: what is addressed to it, as it is now. What it cannot
 * take is told and left to the reconciliation; where the whole does not work nothing is lost, for the cursor stays.
 */
export async function bringOver(services: DeskServices, after: string | null): Promise<BroughtOver> {
  const { hub, log } = services;
  const page = await hub.changes(after);
  if (page === null) {
    log.warn({ department: services.department }, 'the hub does not know the cursor; the desk begins anew');
    return { next: null, more: true, delivered: 0 };
  }
  const ours = page.changed.filter(({ department }) => department === services.department);
  const delivered = await deliver(services, ours);
  return { next: page.next, more: page.more, delivered };
}

/** Delivers, and says how many were taken. What is over goes only to a department that has it. */
export async function deliver(
  { hub, desk, log, department }: DeskServices,
  referrals: readonly HubReferral[],
): Promise<number> {
  const ended = referrals.filter(({ state }) => isOver(state)).map(({ id }) => id);
  const held = ended.length === 0 ? [] : await desk.held(ended);
  const unknown = new Set(ended.filter((_, i) => held[i] === null));
  const toDeliver: DeskReferral[] = [];
  for (const referral of referrals) {
    if (unknown.has(referral.id)) continue;
    toDeliver.push(asDelivered(referral, await hub.localIds(referral)));
  }
  const outcomes = await desk.deliver(toDeliver);
  outcomes.forEach((outcome, i) => {
    const { id = '', version = 0 } = toDeliver[i] ?? {};
    if (outcome === 'REFUSED') log.warn({ department, referralId: id, version }, 'the department refused a referral');
  });
  return outcomes.filter((outcome) => outcome === 'TAKEN').length;
}

function asDelivered({ department: _ours, ...referral }: HubReferral, localIds: readonly string[]): DeskReferral {
  return { ...referral, localIds };
}
