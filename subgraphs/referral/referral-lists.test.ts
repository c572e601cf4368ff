import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { HubRequest } from '../shared/hub-request.ts';
import { at, byThemselves, type Hub, referralHub } from './referral.fixture.ts';
import { KINDS, STATES } from './codes.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await referralHub();
});
afterEach(() => hub.close());

const HOUR_MS = 3_600_000;
const school = at('school-7');
const clinic = at('clinic');
const healthSystem = at('health-commission', { roles: ['department-system'], subject: 'health-system' });
const LIST = `query ($box: ReferralBox!, $filter: ReferralFilter, $order: ReferralOrder, $first: NonNegativeInt, $after: String) {
  referrals(box: $box, filter: $filter, order: $order, first: $first, after: $after) {
    edges { cursor node { id state kind overdue service { id } } } pageInfo { hasNextPage endCursor } } }`;

interface Listed {
  readonly id: string;
  readonly state: string;
  readonly kind: string;
  readonly serviceId: string | null;
  readonly overdue: boolean;
}

interface Page {
  readonly nodes: readonly Listed[];
  readonly codes: readonly unknown[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

async function page(as: HubRequest, variables: object): Promise<Page> {
  const { data, codes } = await hub.ask(LIST, { box: 'INBOX', first: 50, ...variables }, as);
  if (codes.length > 0) return { nodes: [], codes, hasNextPage: false, endCursor: null };
  const { edges, pageInfo } = data.referrals;
  const nodes = edges.map(
    ({ node: { service, ...node } }: { node: Omit<Listed, 'serviceId'> & { service: { id: string } | null } }) => ({
      ...node,
      serviceId: service?.id ?? null,
    }),
  );
  return { nodes, codes, ...pageInfo };
}

const ids = async (as: HubRequest, variables: object) => (await page(as, variables)).nodes.map(({ id }) => id);

/** One an hour, each moved a different way: states, kinds, services and clocks of all sorts. */
async function aDozen(): Promise<readonly string[]> {
  const made: string[] = [];
  for (let n = 0; n < 12; n += 1) {
    const { referral, codes } = await hub.create({
      kind: n % 3 === 0 ? 'CRISIS' : 'SERVICE',
      priority: n % 2 === 0 ? 'URGENT' : 'ROUTINE',
      target: { organisation: 'clinic', serviceId: n % 4 === 0 ? null : 'ward-a' },
    });
    expect(codes).toEqual([]);
    made.push(referral.id);
    hub.clock.now += HOUR_MS;
    if (n % 4 === 1 || n % 4 === 2) await hub.move('acceptReferral', referral.id, clinic);
    if (n % 4 === 2) await hub.move('startReferral', referral.id, clinic);
    if (n % 5 === 4) await hub.move('cancelReferral', referral.id, school);
  }
  return made;
}

test('oldest and newest first, and what is due first, of those whose clock runs', async () => {
  const slow = (await hub.create()).referral.id;
  hub.clock.now += HOUR_MS;
  const urgent = (await hub.create({ priority: 'URGENT' })).referral.id;
  hub.clock.now += HOUR_MS;
  const crisis = (await hub.create({ kind: 'CRISIS' })).referral.id;
  expect(await ids(clinic, { order: 'OLDEST_FIRST' })).toEqual([slow, urgent, crisis]);
  expect(await ids(clinic, { order: 'NEWEST_FIRST' })).toEqual([crisis, urgent, slow]);
  expect(await ids(clinic, { order: 'DUE_FIRST' })).toEqual([crisis, urgent, slow]);
  await hub.move('acceptReferral', crisis, clinic);
  await hub.move('startReferral', crisis, clinic);
  expect(await ids(clinic, { order: 'DUE_FIRST' })).toEqual([urgent, slow]);
  expect(await ids(school, { box: 'OUTBOX', order: 'DUE_FIRST' })).toEqual([urgent, slow]);
});

const MAYBE = <T>(values: readonly T[]): readonly (T | undefined)[] => [undefined, ...values];
const ORDERS = ['OLDEST_FIRST', 'NEWEST_FIRST', 'DUE_FIRST'] as const;

test.each(ORDERS)(
  '%s: every combination of filters gives what fits all of them, no more and no less',
  async (order) => {
    await aDozen();
    const all = (await page(clinic, { order })).nodes;
    expect(new Set(all.map(({ overdue }) => overdue)).size).toBe(2);
    for (const state of MAYBE(['REQUESTED', 'ACCEPTED', 'CANCELLED']))
      for (const kind of MAYBE(['SERVICE', 'CRISIS']))
        for (const serviceId of MAYBE(['ward-a', 'ward-b']))
          for (const overdue of MAYBE([true, false])) {
            const filter = { state, kind, serviceId, overdue };
            const fits = (one: Listed) =>
              Object.entries(filter).every(([name, value]) => value === undefined || Reflect.get(one, name) === value);
            const expected = all.filter(fits).map(({ id }) => id);
            if (overdue === true && order !== 'DUE_FIRST') continue;
            expect([filter, await ids(clinic, { filter, order })]).toEqual([filter, expected]);
          }
  },
);

test.each(ORDERS)(
  '%s: page by page, across what comes and goes meanwhile, each that stays comes once',
  async (order) => {
    const before = await ids(clinic, { order: 'OLDEST_FIRST' });
    expect(before).toEqual([]);
    const made = await aDozen();
    const listed = await ids(clinic, { order });
    const seen: string[] = [];
    for (let after: string | null = null; ;) {
      const { nodes, hasNextPage, endCursor } = await page(clinic, { order, first: 2, after });
      seen.push(...nodes.map(({ id }) => id));
      if (!hasNextPage) break;
      after = endCursor;
      hub.clock.now += 1_000;
      const { referral } = await hub.create({ priority: 'URGENT' });
      if (seen.length % 4 === 0) await hub.move('cancelReferral', referral.id, school);
      expect(seen.length).toBeLessThan(100);
    }
    expect(seen.filter((id) => made.includes(id))).toEqual(listed);
    expect(new Set(seen).size).toBe(seen.length);
  },
);

test('a page says whether there is a next one', async () => {
  await aDozen();
  const { nodes, hasNextPage, endCursor } = await page(clinic, { first: 11 });
  expect([nodes.length, hasNextPage]).toEqual([11, true]);
  const last = await page(clinic, { first: 11, after: endCursor });
  expect([last.nodes.length, last.hasNextPage]).toEqual([1, false]);
});

test('when the clock goes back an hour, nothing that was there is lost from a list', async () => {
  const first = (await hub.create()).referral.id;
  hub.clock.now -= HOUR_MS;
  const second = (await hub.create()).referral.id;
  expect((await ids(clinic, {})).toSorted()).toEqual([first, second].toSorted());
});

const COUNTS = 'query ($box: ReferralBox!) { referralCounts(box: $box) { state count } }';

async function counts(as: HubRequest, box: string): Promise<Readonly<Record<string, number>> | null> {
  const { data } = await hub.ask(COUNTS, { box }, as);
  const rows: readonly { state: string; count: number }[] | null = data.referralCounts;
  return rows && Object.fromEntries(rows.filter(({ count }) => count > 0).map(({ state, count }) => [state, count]));
}

test('what is counted is what is listed, for each side and for the system of the department', async () => {
  await aDozen();
  for (const [as, box] of [
    [school, 'OUTBOX'],
    [clinic, 'INBOX'],
    [healthSystem, 'INBOX'],
  ] as const) {
    const listed = (await page(as, { box })).nodes;
    const expected = Object.fromEntries(
      STATES.map((state) => [state, listed.filter((one) => one.state === state).length] as const).filter(
        ([, n]) => n > 0,
      ),
    );
    expect(listed).toHaveLength(12);
    expect(await counts(as, box)).toEqual(expected);
  }
});

test('reports are listed and counted under their own purpose, the rest under theirs', async () => {
  const reporter = at('school-7', { purpose: 'MANDATORY_REPORTING' });
  const report = { kind: 'MANDATORY_REPORT', target: { organisation: 'police' }, categories: [] };
  const { referral, codes } = await hub.create(report, reporter);
  expect(codes).toEqual([]);
  const other = (await hub.create()).referral.id;
  expect(await ids(reporter, { box: 'OUTBOX' })).toEqual([referral.id]);
  expect(await ids(school, { box: 'OUTBOX' })).toEqual([other]);
  expect([await counts(reporter, 'OUTBOX'), await counts(school, 'OUTBOX')]).toEqual([
    { REQUESTED: 1 },
    { REQUESTED: 1 },
  ]);
  expect(await ids(at('police', { purpose: 'MANDATORY_REPORTING' }), {})).toEqual([referral.id]);
  expect(await ids(at('police'), {})).toEqual([]);
});

const STRANGERS: readonly (readonly [string, HubRequest])[] = [
  ['another organisation', at('mediators')],
  ['the same in another district', at('clinic', { division: '990102' })],
  ['one of its towns', at('clinic', { division: '990101002' })],
  ['a purpose that shows no referral', at('clinic', { purpose: 'STATISTICS' })],
  ['a purpose that the token does not allow', at('clinic', { purposes: ['CARE'] })],
  ["a person's own token", byThemselves('ward')],
];

test.each(STRANGERS)('case 27: nothing is listed, filtered, sorted or counted for %s', async (_, stranger) => {
  await aDozen();
  for (const box of ['INBOX', 'OUTBOX'])
    for (const order of ORDERS)
      for (const filter of [
        {},
        { state: 'REQUESTED' },
        { kind: 'CRISIS' },
        { serviceId: 'ward-a' },
        { overdue: order === 'DUE_FIRST' },
      ]) {
        const { nodes, hasNextPage, endCursor } = await page(stranger, { box, order, filter, first: 1 });
        expect([nodes, hasNextPage, endCursor]).toEqual([[], false, null]);
      }
  expect((await counts(stranger, 'INBOX')) ?? {}).toEqual({});
  expect((await counts(stranger, 'OUTBOX')) ?? {}).toEqual({});
});

test('case 27: there is no filter by anything that a target may not know before it accepts', () => {
  const sdl = readFileSync(new URL('../../schema/referral.graphql', import.meta.url), 'utf8');
  const filters = /^input ReferralFilter \{(.*?)^\}/ms.exec(sdl)?.[1]?.match(/^ {2}\w+(?=:)/gm) ?? [];
  expect(filters.map((name) => name.trim())).toEqual([
    'state',
    'kind',
    'serviceId',
    'overdue',
    'loopOpen',
    'followUpDue',
  ]);
});

test('case 25: a cursor shows nothing to whoever lost the jurisdiction since, nor to another', async () => {
  await aDozen();
  const { endCursor } = await page(clinic, { first: 2 });
  const feed =
    'query ($after: String) { referralChanges(after: $after, first: 2) { edges { node { id } } pageInfo { endCursor } } }';
  const changes = (await hub.ask(feed, {}, clinic)).data.referralChanges;
  expect(changes.edges).toHaveLength(2);
  for (const [, stranger] of STRANGERS.slice(0, 3)) {
    expect((await page(stranger, { after: endCursor })).nodes).toEqual([]);
    const { data } = await hub.ask(feed, { after: changes.pageInfo.endCursor }, stranger);
    expect(data?.referralChanges?.edges ?? []).toEqual([]);
  }
});

test('a cursor that is none is told as such; one of another list shows nothing that is not there', async () => {
  await aDozen();
  expect((await page(clinic, { after: 'no cursor' })).codes).toEqual(['BAD_USER_INPUT']);
  const { endCursor } = await page(school, { box: 'OUTBOX', first: 1 });
  expect((await page(at('mediators'), { after: endCursor })).nodes).toEqual([]);
});

const OWN = `query ($personId: ID, $first: NonNegativeInt, $after: String) { myReferrals(personId: $personId, first: $first, after: $after) {
  edges { node { id kind } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;

test("a report leaves no trace in the person's or a guardian's list, not even a page that is too short", async () => {
  const care = (await hub.create()).referral.id;
  const without = (await hub.ask(OWN, { personId: 'ward', first: 1 }, byThemselves('mother'))).data.myReferrals;
  expect(without.edges).toEqual([{ node: { id: care, kind: 'SERVICE' } }]);
  hub.clock.now += 1_000;
  const reporter = at('school-7', { purpose: 'MANDATORY_REPORTING' });
  await hub.create({ kind: 'MANDATORY_REPORT', target: { organisation: 'police' }, categories: [] }, reporter);
  for (const who of ['ward', 'mother'])
    expect((await hub.ask(OWN, { personId: 'ward', first: 1 }, byThemselves(who))).data.myReferrals).toEqual(without);
});

test('every kind and state can be asked for', async () => {
  for (const kind of KINDS) expect((await page(clinic, { filter: { kind } })).codes).toEqual([]);
  for (const state of STATES) expect((await page(clinic, { filter: { state } })).codes).toEqual([]);
});

test('what ended and nobody acknowledged is found by that, by both sides, until it is', async () => {
  await made();
  const rejected = await made();
  const completed = await made();
  const cancelled = await made();
  await hub.move('rejectReferral', rejected, clinic, { code: 'DUPLICATE' });
  for (const field of ['acceptReferral', 'startReferral']) await hub.move(field, completed, clinic);
  await hub.move('completeReferral', completed, clinic, { outcome: 'SERVED' });
  await hub.move('cancelReferral', cancelled, school);
  const open = { filter: { loopOpen: true } };
  expect(await ids(school, { box: 'OUTBOX', ...open })).toEqual([rejected, completed]);
  expect(await ids(clinic, { ...open, order: 'NEWEST_FIRST' })).toEqual([completed, rejected]);
  expect(await ids(clinic, { filter: { loopOpen: true, state: 'COMPLETED' } })).toEqual([completed]);
  expect(await ids(clinic, { filter: { loopOpen: false, state: 'COMPLETED' } })).toEqual([]);
  await hub.move('acknowledgeReferral', completed, school);
  expect(await ids(school, { box: 'OUTBOX', ...open })).toEqual([rejected]);
  expect(await ids(clinic, { filter: { loopOpen: false, state: 'COMPLETED' } })).toEqual([completed]);
});

test('a task is in the list of the side whose it is, from its day on until it is done', async () => {
  const [later, sooner, theirs] = [await served(), await served(), await served()];
  const task = async (id: string, role: string, dueOn: string) =>
    (await hub.move('addReferralFollowUp', id, clinic, { role, dueOn, text: '电话随访' })).referral.followUps.at(-1).id;
  await task(later, 'TARGET', DAYS[1]);
  await task(later, 'TARGET', '2027-05-01');
  const done: string = await task(sooner, 'TARGET', DAYS[0]);
  await task(theirs, 'REQUESTER', DAYS[0]);
  const due = { filter: { followUpDue: true } };
  expect(await ids(clinic, due)).toEqual([sooner]);
  expect(await ids(school, { box: 'OUTBOX', ...due })).toEqual([theirs]);
  // The day begins in Shanghai.
  hub.clock.now = Date.parse(`${DAYS[1]}T00:00:00+08:00`) - 1;
  expect(await ids(clinic, due)).toEqual([sooner]);
  hub.clock.now += 1;
  expect(await ids(clinic, due)).toEqual([sooner, later]);
  expect(await ids(clinic, { filter: { followUpDue: false } })).toEqual([theirs]);
  await hub.move('completeReferralFollowUp', sooner, clinic, { followUpId: done });
  expect(await ids(clinic, due)).toEqual([later]);
  await hub.move('cancelReferral', later, school);
  expect(await ids(clinic, due)).toEqual([]);
});

/** Each a moment after the one before. */
async function made(): Promise<string> {
  hub.clock.now += 1;
  return (await hub.create()).referral.id;
}

async function served(): Promise<string> {
  const id = await made();
  for (const field of ['acceptReferral', 'startReferral']) await hub.move(field, id, clinic);
  return id;
}

/** The tests' today, and the day after the next. */
const DAYS = ['2026-11-20', '2026-11-22'] as const;
