/** The hub of the model-based test, as a process that may die, and what must hold of it whenever one looks. Test support. */
import { expect } from '@jest/globals';
import { z } from 'zod';
import type { Store } from '../../../adapters/store/port.ts';
import { consent, NOW } from '../../person/person-fixtures.ts';
import { type Person, persons } from '../../person/person.ts';
import { ACTORS, rolesOf } from './actors.model.ts';
import { feedLog } from '../changes/feed.ts';
import { referralChangeSchema } from '../changes/referral-change.ts';
import type { Move } from '../machine.ts';
import { type Commit, mortalStore } from './mortal-store.fixture.ts';
import {
  FEEDS,
  isOverdue,
  isKnown,
  isShared,
  type Model,
  type ModelReferral,
  pending,
  refusedByTable,
  saidByTheHub,
  standing,
} from './reference.model.ts';
import { at, type Hub, referralHub } from '../referral.fixture.ts';
import { STATES } from '../codes.ts';
import { referrals } from '../referral.ts';

export interface Real {
  readonly hub: Hub;
  readonly store: Store;
  /** Milliseconds by which leases are counted. */
  readonly leases: { now: number };
  /** Present one; a dead one has a successor. */
  process: ReturnType<typeof mortalStore>;
  commits: Commit[];
  /** What each watcher sees of the ward without any referral. */
  readonly own: ReadonlyMap<string, readonly string[]>;
}

const CATEGORIES = ['education:assessment', 'education:enrolment', 'health:follow-up'];
const RECIPIENT = { department: 'HEALTH', organisation: null, team: null, division: '990101' };
const DAY_MS = 86_400_000;
const entrySchema = z.object({
  referralId: z.string(),
  version: z.number(),
  change: z.string(),
  step: z.number().nullable(),
  state: z.enum(STATES),
});

/** Who looks for what they may see, caring for the ward. */
const WATCHERS: Readonly<Record<string, ReturnType<typeof at>>> = {
  school: at('school-7', { purpose: 'CARE' }),
  clinic: at('clinic', { purpose: 'CARE' }),
  commission: at('health-commission', { purpose: 'CARE' }),
  healthSystem: at('health-commission', { purpose: 'CARE', roles: ['department-system'], subject: 'health-system' }),
  mediators: at('mediators', { purpose: 'CARE' }),
  otherDistrict: at('clinic', { purpose: 'CARE', division: '990102' }),
};
export const watchers = Object.keys(WATCHERS);

export async function setUp(): Promise<{ model: Model; real: Real }> {
  const leases = { now: NOW };
  const hub = await referralHub({ storeClock: () => leases.now });
  const { store } = hub;
  const model: Model = { now: NOW, consents: [], referrals: [], created: new Map(), changes: [] };
  const own = new Map<string, readonly string[]>();
  const real: Real = { hub, store, leases, own, commits: [], process: mortalStore(store, () => {}) };
  await changeWard(real, (ward) => ({
    ...ward,
    guardianships: ward.guardianships.map((one) => ({ ...one, suspended: one.guardianId === 'father' })),
    consents: [],
  }));
  for (const to of [null, NOW + 5 * DAY_MS, null]) await givenConsent(model, real, to);
  for (const [name, as] of Object.entries(WATCHERS)) own.set(name, (await hub.sees(as)) ?? []);
  await restarted(model, real);
  return { model, real };
}

async function changeWard({ store }: Real, change: (ward: Person) => Person): Promise<void> {
  const ward = await store.load(persons, 'ward');
  if (ward === null) throw new Error('no ward');
  await store.save(persons, { id: 'ward', expectedVersion: ward.version, data: change(ward.data) });
}

/** A further consent that covers every shape, until an instant or for good. */
export async function givenConsent(model: Model, real: Real, to: number | null): Promise<void> {
  const id = `c${model.consents.length + 1}`;
  const given = consent({
    id,
    recipients: [RECIPIENT],
    categories: CATEGORIES,
    purposes: ['REFERRAL'],
    to: to === null ? null : new Date(to).toISOString(),
  });
  await changeWard(real, (ward) => ({ ...ward, consents: [...ward.consents, given] }));
  model.consents.push({ id, to, withdrawn: false });
}

/** Commits of referrals since last asked, with what each tells the feeds. */
export function commitsSince(real: Real) {
  const commits = real.commits.filter(({ collection }) => collection === 'referral');
  real.commits = [];
  return commits.map(({ id, version, events }) => ({
    id,
    version,
    changes: events.flatMap(({ type, data }) => (type === 'REFERRAL_CHANGE' ? referralChangeSchema.parse(data) : [])),
  }));
}

/** Another process over the same store, when the leases of the dead one are over. It does at once what waits. */
export async function restarted(model: Model, real: Real): Promise<void> {
  // What the dead one had asked the store for is done before, or never.
  await new Promise((resolve) => void setImmediate(resolve));
  real.leases.now += 60_000;
  real.process = mortalStore(real.store, (commit) => real.commits.push(commit));
  await real.hub.restart(real.process.store);
  await jobsDone(model, real);
}

/** Twice: what somebody else's save kept from being told is told by the next run. */
export async function jobsDone(model: Model, real: Real): Promise<void> {
  await real.hub.runJobs();
  await real.hub.runJobs();
  expectHubSays(model, real);
  expect(model.referrals.flatMap((referral) => pending(model, referral))).toEqual([]);
  await expectFeeds(model, real);
}

/** What the hub said by itself was to be said, and is said once. */
export function expectHubSays(model: Model, real: Real): void {
  for (const { id, version, changes } of commitsSince(real)) {
    const referral = model.referrals.find((one) => one.id === id);
    const said = pending(model, referral ?? neverMade(id)).find((one) => one === changes[0]?.change);
    if (referral === undefined || said === undefined) throw new Error(`The hub said ${changes[0]?.change} of ${id}.`);
    const before = model.changes.length;
    saidByTheHub(model, referral, said);
    expect(version).toBe(referral.version);
    expect(changes.map(told)).toEqual(model.changes.slice(before).map(told));
  }
}

function neverMade(id: string): never {
  throw new Error(`There is no referral ${id} in the model.`);
}

const told = ({ referralId, version, change, step, state }: Omit<Model['changes'][number], 'parties'>) => ({
  referralId,
  version,
  change,
  step,
  state,
});

const expectedFeed = ({ changes }: Model, organisations: readonly string[]) =>
  changes.filter(({ parties }) => parties.some((one) => organisations.includes(one))).map(told);

async function feedOf({ store }: Real, feed: string) {
  const entries = await store.readLog(feedLog(feed), { first: 100_000 });
  expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, i) => i + 1));
  return entries.map(({ data }) => told(entrySchema.parse(data)));
}

/** Each feed has every commit of its parties, once, in the order of commits; there are no other feeds. */
async function expectFeeds(model: Model, real: Real): Promise<void> {
  for (const [feed, organisations] of Object.entries(FEEDS))
    expect([feed, await feedOf(real, feed)]).toEqual([feed, expectedFeed(model, organisations)]);
  const known = new Set(Object.keys(FEEDS).map(feedLog));
  expect((await real.store.logs('referral-feed:')).filter((log) => !known.has(log))).toEqual([]);
}

/** Whatever still waits, nothing is missing in between. */
export async function expectFeedsBegun(model: Model, real: Real): Promise<void> {
  for (const [feed, organisations] of Object.entries(FEEDS)) {
    const entries = await feedOf(real, feed);
    expect([feed, entries]).toEqual([feed, expectedFeed(model, organisations).slice(0, entries.length)]);
  }
}

/** What a watcher sees of the ward: their own, and what is shared with them by referrals, nothing besides. */
export async function expectSharing(model: Model, { hub, own }: Real, watcher: string): Promise<void> {
  const serves = watcher === 'otherDistrict' ? [] : (ACTORS[watcher]?.serves ?? []);
  const shared = model.referrals
    .filter((referral) => serves.includes(referral.shape.target) && isShared(model, referral))
    .flatMap(({ shape }) => shape.categories);
  const expected = new Set([...(own.get(watcher) ?? []), ...shared]);
  const seen = await hub.sees(WATCHERS[watcher] ?? at('mediators'));
  expect([watcher, seen ?? []]).toEqual([watcher, [...expected].toSorted()]);
}

const LOOK = `query ($id: ID!) { referral(id: $id) {
  id version state overdue basisStands loopClosedAt subject { id } categories clocks { step dueAt stoppedAt escalated } availableMoves { move available reason }
} }`;

/** A referral as an actor finds it: as the reference has it, and no more than their side may know. */
export async function expectLook(model: Model, { hub }: Real, referral: ModelReferral, name: string): Promise<void> {
  const actor = ACTORS[name];
  if (actor === undefined) throw new Error(`There is no actor ${name}.`);
  const roles = rolesOf(actor, referral);
  const { data } = await hub.ask(LOOK, { id: referral.id }, actor.as);
  if (roles.length === 0) {
    expect([name, data.referral]).toEqual([name, null]);
    return;
  }
  const knows = roles.some((role) => role !== 'TARGET') || isKnown(model, referral);
  const { availableMoves, loopClosedAt, clocks, ...seen } = data.referral;
  const running = clocks.filter(({ stoppedAt }: { stoppedAt: string | null }) => stoppedAt === null);
  const expected = referral.clocks.map(({ step, dueAt, told: escalated }) => ({
    step,
    dueAt: new Date(dueAt).toISOString(),
    stoppedAt: null,
    escalated,
  }));
  expect(running).toEqual(expected);
  expect({ ...seen, loopClosed: loopClosedAt !== null }).toEqual({
    id: referral.id,
    version: referral.version,
    state: referral.state,
    overdue: isOverdue(model, referral, roles),
    basisStands: standing(model, referral),
    loopClosed: referral.loopClosed,
    subject: knows ? { id: 'ward' } : null,
    categories: knows ? [...referral.shape.categories] : null,
  });
  const moves: readonly { move: Move; available: boolean; reason: string | null }[] = availableMoves;
  for (const { move, available, reason } of moves) {
    const closed = move === 'ACKNOWLEDGE' && referral.loopClosed ? 'ALREADY_CLOSED' : null;
    const expected = refusedByTable(model, { move, referral }, roles) ?? closed;
    expect([move, available, reason]).toEqual([move, expected === null, expected]);
  }
}

const COUNTS = 'query ($box: ReferralBox!) { referralCounts(box: $box) { state count } }';

export async function expectCounts(model: Model, { hub }: Real): Promise<void> {
  for (const [box, name, side] of [
    ['OUTBOX', 'school', 'requester'],
    ['INBOX', 'healthSystem', 'target'],
  ] as const) {
    const { as, serves = [] } = ACTORS[name] ?? { as: at('school-7') };
    const { data } = await hub.ask(COUNTS, { box }, as);
    const counts: readonly { state: string; count: number }[] = data.referralCounts;
    const mine = model.referrals.filter(({ shape }) => serves.includes(shape[side]));
    const expected = counts.map(({ state }) => ({ state, count: mine.filter((one) => one.state === state).length }));
    expect([box, counts]).toEqual([box, expected]);
  }
}

const AUDIT_TYPE = 'AUDIT';

/** At the end: each commit has its version, its line in the history and its audit record, once; each key had one effect. */
export async function expectWhole(model: Model, real: Real): Promise<void> {
  await restarted(model, real);
  await expectCounts(model, real);
  for (const name of watchers) await expectSharing(model, real, name);
  const { careTeam } = (await real.store.load(persons, 'ward'))?.data ?? { careTeam: [] };
  const joined = model.referrals.flatMap(({ id: referralId, team }) =>
    [...team].map(([worker, categories]) => ({ worker, categories, ground: { kind: 'REFERRAL', referralId } })),
  );
  expect(careTeam).toHaveLength(joined.length);
  expect(careTeam).toEqual(expect.arrayContaining(joined.map((member) => expect.objectContaining(member))));
  for (const referral of model.referrals) {
    const stored = await real.store.load(referrals, referral.id);
    const mine = model.changes.filter(({ referralId }) => referralId === referral.id);
    expect([stored?.version, stored?.data.state]).toEqual([referral.version, referral.state]);
    expect(stored?.data.history.map(({ move, version }) => [move, version])).toEqual(
      mine.map(({ change, version }) => [change === 'OVERDUE' ? 'ESCALATE' : change, version]),
    );
    // The creation's key and each move's.
    expect(stored?.data.applied).toHaveLength(referral.applied.size + 1);
  }
  const audited = await real.store.claim({ type: AUDIT_TYPE, leaseMs: 1, limit: 100_000 });
  const records = audited.flatMap(({ collection, aggregateId, version, data }) =>
    collection === 'referral'
      ? [`${aggregateId} ${version} ${JSON.stringify((data as { change: string }).change)}`]
      : [],
  );
  expect(records.toSorted()).toEqual(
    model.changes.map(({ referralId, version, change }) => `${referralId} ${version} "REFERRAL_${change}"`).toSorted(),
  );
}
