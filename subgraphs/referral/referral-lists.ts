import { GraphQLError } from 'graphql';
import { isWithin } from '../../adapters/shared/division.ts';
import { shanghaiDay } from '../../adapters/shared/shanghai-day.ts';
import type { Store } from '../../adapters/store/port.ts';
import type { QueryReferralsArgs } from '../../schema/generated/api-types.ts';
import type { PurposeOfUse } from '../shared/caller.ts';
import { pageSize } from '../shared/connection.ts';
import { onRunningEmergency } from './basis-until.ts';
import { callerKey, organisationKey } from './party.ts';
import { type ReferralState, STATES } from './codes.ts';
import {
  type Box,
  boxValue,
  dueIn,
  followUpIn,
  isLoopOpen,
  type Referral,
  referrals,
  type Section,
  type StoredReferral,
} from './referral.ts';
import type { ReferralContext } from './referral-context.ts';

export interface ReferralPage {
  readonly items: readonly (StoredReferral & { readonly cursor: string })[];
  readonly next: string | null;
}

const NONE: ReferralPage = { items: [], next: null };
const MAX_FIRST = 50;
const BATCH = 100;
/** Looked through for one page: filters that combine are looked for in the list of the narrowest one. */
const MAX_LOOKED_THROUGH = 2_000;

type Looking = Pick<ReferralContext, 'request' | 'reads' | 'organisations'>;

/** A page of an inbox or outbox; each list, order and single filter is an index of its own. */
export async function referralPage(
  looking: Looking,
  { box, filter, order, first, after }: QueryReferralsArgs,
): Promise<ReferralPage> {
  const { reads } = looking;
  const size = pageSize(first, { most: MAX_FIRST });
  const inOrder = orderOf(order, filter);
  const place = await placeOf(looking, box);
  if (place === null) return NONE;
  const now = { instant: new Date(reads.now()).toISOString(), day: shanghaiDay(reads.now()) };
  const fits = (one: StoredReferral) => fitsFilter(one.data, filter ?? {}, { box, now });
  const search = searchOf({ place, filter: filter ?? {}, order: inOrder, now });
  return walkPage(reads.store, search, { fits, size, after: after ?? null });
}

/** What is overdue or to be done comes by when it was due: those lists are in that order alone, and wished for no other. */
function orderOf(
  order: QueryReferralsArgs['order'],
  filter: QueryReferralsArgs['filter'],
): NonNullable<QueryReferralsArgs['order']> {
  const isByDue = filter?.overdue === true || filter?.followUpDue === true;
  if (isByDue && order != null && order !== 'DUE_FIRST')
    throw new GraphQLError(
      'order: what is overdue or due to be followed up is listed by what is due first; leave the order out, or the filter.',
      { extensions: { code: 'BAD_USER_INPUT' } },
    );
  return order ?? 'OLDEST_FIRST';
}

type Place = readonly [Box, Section, string];
type Filter = NonNullable<QueryReferralsArgs['filter']>;
type Search =
  | {
      readonly index: 'byBox' | 'byState' | 'byKind' | 'byService' | 'byLoopOpen' | 'ownOfPerson';
      readonly value: string;
      readonly reverse: boolean;
    }
  | { readonly index: 'byDue' | 'byFollowUp'; readonly from: string; readonly to: string; readonly reverse: false };

interface Now {
  readonly instant: string;
  /** In Shanghai. */
  readonly day: string;
}

interface Wanted {
  readonly place: Place;
  readonly filter: Filter;
  readonly order: NonNullable<QueryReferralsArgs['order']>;
  readonly now: Now;
}

/** The narrowest list that holds them all in this order. */
function searchOf({ place, filter, order, now }: Wanted): Search {
  const { overdue, loopOpen, followUpDue, serviceId, state, kind } = filter;
  // Due instants are ISO texts of one length, as due days are: "|" ends a value, "~" is behind them all.
  const upTo = (last: string) =>
    ({ from: boxValue(...place, ''), to: boxValue(...place, last), reverse: false }) as const;
  if (order === 'DUE_FIRST' || overdue === true)
    return { index: 'byDue', ...upTo(overdue === true ? `${now.instant}~` : '~') };
  if (followUpDue === true) return { index: 'byFollowUp', ...upTo(`${now.day}~`) };
  const reverse = order === 'NEWEST_FIRST';
  if (loopOpen === true) return { index: 'byLoopOpen', value: boxValue(...place), reverse };
  if (serviceId != null) return { index: 'byService', value: boxValue(...place, serviceId), reverse };
  if (state != null) return { index: 'byState', value: boxValue(...place, state), reverse };
  if (kind != null) return { index: 'byKind', value: boxValue(...place, kind), reverse };
  return { index: 'byBox', value: boxValue(...place), reverse };
}

/** Each purpose has its lists; the others have none. */
const SECTIONS: Partial<Readonly<Record<PurposeOfUse, Section>>> = {
  CARE: 'CARE',
  REFERRAL: 'CARE',
  CRISIS_RESPONSE: 'CARE',
  MANDATORY_REPORTING: 'REPORTS',
};

/**
 * Where a caller's list stands; `null` = they have none, so that neither a count nor a short page tells of what they may
 * not see. The key of a department's system holds its jurisdiction; an institution's does not.
 */
async function placeOf(looking: Looking, box: Box): Promise<Place | null> {
  const { caller, purpose } = looking.request;
  const section = caller.purposes.includes(purpose) ? SECTIONS[purpose] : undefined;
  if (section === undefined) return null;
  const key = await listKey(looking);
  return key === null ? null : [box, section, key];
}

/** What the lists of the caller's side stand under; `null` = none, or not within their jurisdiction. */
export async function listKey({
  request: { caller },
  organisations,
}: Pick<Looking, 'request' | 'organisations'>): Promise<string | null> {
  const key = callerKey(caller);
  if (key === null) return null;
  if (caller.organisation !== null && key === organisationKey(caller.organisation)) {
    const entry = await organisations.load(caller.organisation);
    if (entry === null || !isWithin(entry.data.division, caller.division ?? '')) return null;
  }
  return key;
}

function fitsFilter(
  referral: Referral,
  { state, kind, serviceId, overdue, loopOpen, followUpDue }: Filter,
  { box, now }: { box: Box; now: Now },
): boolean {
  const is = (wanted: boolean | null | undefined, due: string | null, at: string) =>
    wanted == null || (due !== null && due <= at) === wanted;
  return (
    (state == null || referral.state === state) &&
    (kind == null || referral.kind === kind) &&
    (serviceId == null || referral.serviceId === serviceId) &&
    (loopOpen == null || isLoopOpen(referral) === loopOpen) &&
    is(overdue, dueIn(box, referral), now.instant) &&
    is(followUpDue, followUpIn(box, referral), now.day)
  );
}

type Fits = (one: StoredReferral) => boolean | Promise<boolean>;

async function walkPage(
  store: Store,
  search: Search,
  { fits, size, after }: { fits: Fits; size: number; after: string | null },
): Promise<ReferralPage> {
  const items: (StoredReferral & { cursor: string })[] = [];
  let cursor = after;
  // Mostly all that is looked at fits; where little does, it goes on in larger steps.
  for (let looked = 0, step = size + 1; looked < MAX_LOOKED_THROUGH; looked += step, step = Math.min(step * 2, BATCH)) {
    const page = await store.page(referrals, { ...search, cursor, first: step });
    for (const one of page.items) {
      if (!(await fits(one))) continue;
      if (items.length === size) return { items, next: items.at(-1)?.cursor ?? null };
      items.push(one);
    }
    if (page.next === null) return { items, next: null };
    cursor = page.next;
  }
  return { items, next: cursor };
}

/**
 * A page of a person's own list, newest first. What stands on an emergency that still runs leaves no gap in it, nor a
 * cursor.
 */
export async function ownReferralPage(
  reads: ReferralContext['reads'],
  { personId, size, after }: { personId: string; size: number; after: string | null },
): Promise<ReferralPage> {
  const search = { index: 'ownOfPerson', value: personId, reverse: true } as const;
  const fits = async ({ data }: StoredReferral) => !(await onRunningEmergency(reads, data.basis));
  return walkPage(reads.store, search, { fits, size, after });
}

/** How many of each state a box holds, of what the purpose shows; `null` = the caller has no such box. */
export async function referralCounts(
  looking: Looking,
  box: Box,
): Promise<readonly { state: ReferralState; count: number }[] | null> {
  const place = await placeOf(looking, box);
  if (place === null) return null;
  const counts = await looking.reads.store.countBy(referrals, 'byState', {
    from: boxValue(...place, ''),
    to: boxValue(...place, '\u{10FFFF}'),
  });
  return STATES.map((state) => ({ state, count: counts.get(boxValue(...place, state)) ?? 0 }));
}
