import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { HubRequest } from '../shared/hub-request.ts';
import { at, byThemselves, type Hub, referralHub } from './referral.fixture.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await referralHub();
});
afterEach(() => hub.close());

const REPORTING = { purpose: 'MANDATORY_REPORTING' } as const;
const HOUR_MS = 3_600_000;
const school = at('school-7');
const clinic = at('clinic');
const supervisor = at('health-commission');
const office = at('leading-group-office');

const FEED = '{ referralChanges(first: 50) { edges { node { referralId change step state version } } } }';

interface Told {
  readonly referralId: string;
  readonly change: string;
  readonly step: number | null;
}

async function feed(as: HubRequest): Promise<readonly Told[]> {
  const { data } = await hub.ask(FEED, {}, as);
  return data.referralChanges.edges.map(({ node }: { node: Told }) => node);
}

async function overdue(as: HubRequest, box: string): Promise<readonly string[]> {
  const query =
    'query ($box: ReferralBox!) { referrals(box: $box, filter: { overdue: true }) { nodes: edges { node { id } } } }';
  const { data } = await hub.ask(query, { box }, as);
  return data.referrals.nodes.map(({ node }: { node: { id: string } }) => node.id);
}

const crisis = async (): Promise<string> => (await hub.create({ kind: 'CRISIS' })).referral.id;

test('a crisis is overdue two hours after it was sent, for both sides, by the clock alone', async () => {
  const id = await crisis();
  hub.clock.now += 2 * HOUR_MS - 1;
  expect([await overdue(clinic, 'INBOX'), (await hub.look(id, clinic)).overdue]).toEqual([[], false]);
  hub.clock.now += 1;
  expect([await overdue(clinic, 'INBOX'), (await hub.look(id, clinic)).overdue]).toEqual([[id], true]);
  expect(await overdue(school, 'OUTBOX')).toEqual([id]);
});

test('it escalates to the supervisor, then to the office of the leading group, once each; neither may read it', async () => {
  const id = await crisis();
  hub.clock.now += 2 * HOUR_MS;
  await hub.runJobs();
  await hub.runJobs();
  const first = { referralId: id, change: 'OVERDUE', step: 1, state: 'REQUESTED', version: 2 };
  expect([await feed(supervisor), await feed(office)]).toEqual([[first], []]);
  hub.clock.now += 2 * HOUR_MS;
  await hub.runJobs();
  await hub.restart();
  const second = { ...first, step: 2, version: 3 };
  expect([await feed(supervisor), await feed(office)]).toEqual([[first], [second]]);
  expect((await feed(clinic)).slice(1)).toEqual([first, second]);
  for (const told of [supervisor, office]) expect(await hub.look(id, told)).toBeNull();
  expect((await hub.look(id, school)).clocks).toMatchObject([{ step: 'FIRST_ANSWER', escalated: 2, stoppedAt: null }]);
});

test('an answer in time is told to nobody; the next step has a clock of its own', async () => {
  const id = await crisis();
  hub.clock.now += HOUR_MS;
  await hub.move('acceptReferral', id, clinic);
  hub.clock.now += 2 * HOUR_MS - 1;
  await hub.runJobs();
  expect(await feed(supervisor)).toEqual([]);
  hub.clock.now += 1;
  await hub.runJobs();
  expect(await feed(supervisor)).toMatchObject([{ step: 1, state: 'ACCEPTED' }]);
  await hub.move('startReferral', id, clinic);
  hub.clock.now += 100 * HOUR_MS;
  await hub.runJobs();
  expect([await feed(office), await overdue(clinic, 'INBOX')]).toEqual([[], []]);
});

test.each([
  ['rejected', 'rejectReferral', clinic, { code: 'DUPLICATE' }],
  ['cancelled', 'cancelReferral', school, {}],
  ['in error', 'markReferralEnteredInError', school, {}],
])('what is %s is no delay of the target any more', async (_, field, as, said) => {
  const id = await crisis();
  expect((await hub.move(field, id, as, said)).codes).toEqual([]);
  hub.clock.now += 100 * HOUR_MS;
  await hub.runJobs();
  expect([await overdue(clinic, 'INBOX'), await feed(supervisor)]).toEqual([[], []]);
});

/** Moves it on, each as the side whose move it is. */
async function movedOn(id: string, moves: readonly (readonly [field: string, as: HubRequest, said?: object])[]) {
  for (const [field, as, said = {}] of moves) expect((await hub.move(field, id, as, said)).codes).toEqual([]);
}
const DAY_MS = 24 * HOUR_MS;
const bureau = at('education-bureau');
const SERVING = [
  ['acceptReferral', clinic],
  ['startReferral', clinic],
] as const;

test.each([
  ['rejected', [['rejectReferral', clinic, { code: 'DUPLICATE' }]]],
  ['failed', [...SERVING, ['failReferral', clinic, { reason: '失联' }]]],
  ['completed', [...SERVING, ['completeReferral', clinic, { outcome: 'SERVED' }]]],
] as const)(
  'what is %s and nobody acknowledges is overdue for the requester, and told to its supervisor',
  async (_, moves) => {
    const id = await crisis();
    await movedOn(id, moves);
    hub.clock.now += 20 * DAY_MS;
    await hub.runJobs();
    expect((await feed(bureau)).map(({ referralId, change, step }) => [referralId, change, step])).toEqual([
      [id, 'OVERDUE', 1],
    ]);
    expect((await feed(office)).map(({ step }) => step)).toEqual([2]);
    expect([await feed(supervisor), await overdue(clinic, 'INBOX'), await overdue(school, 'OUTBOX')]).toEqual([
      [],
      [],
      [id],
    ]);
    expect([(await hub.look(id, clinic)).overdue, (await hub.look(id, school)).overdue]).toEqual([false, true]);
    await hub.move('acknowledgeReferral', id, school);
    expect(await overdue(school, 'OUTBOX')).toEqual([]);
  },
);

test('on hold it does not get lost: after 20 working days the target is overdue', async () => {
  const id = await crisis();
  await movedOn(id, [...SERVING, ['holdReferral', clinic]]);
  hub.clock.now += 40 * DAY_MS;
  await hub.runJobs();
  expect(await feed(supervisor)).toMatchObject([{ referralId: id, change: 'OVERDUE', step: 1, state: 'ON_HOLD' }]);
  expect([await overdue(clinic, 'INBOX'), await overdue(school, 'OUTBOX')]).toEqual([[id], [id]]);
  expect((await hub.look(id, clinic)).clocks.at(-1)).toMatchObject({
    step: 'HOLD_REVIEW',
    side: 'TARGET',
    stoppedAt: null,
  });
});

test('a second hold that lasts is told as the first was', async () => {
  const id = await crisis();
  await movedOn(id, SERVING);
  for (let n = 0; n < 2; n += 1) {
    await movedOn(id, [['holdReferral', clinic]]);
    hub.clock.now += 31 * DAY_MS;
    await hub.runJobs();
    await movedOn(id, [['resumeReferral', clinic]]);
  }
  expect((await feed(supervisor)).map(({ step }) => step)).toEqual([1, 1]);
});

test('a basis that ended, and nobody names another or cancels: the requester is overdue, the target is not', async () => {
  const id = await crisis();
  await movedOn(id, SERVING);
  await hub.trust.ask(
    'mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { userErrors { code } } }',
    { input: { personId: 'ward', consentId: 'to-health' } },
    byThemselves('mother'),
  );
  await hub.runJobs();
  hub.clock.now += 2 * HOUR_MS;
  await hub.runJobs();
  expect(await feed(bureau)).toMatchObject([{ referralId: id, change: 'OVERDUE', step: 1, state: 'IN_PROGRESS' }]);
  expect([await overdue(clinic, 'INBOX'), await overdue(school, 'OUTBOX')]).toEqual([[], [id]]);
  await movedOn(id, [['cancelReferral', school]]);
  expect(await overdue(school, 'OUTBOX')).toEqual([]);
});

test('the result of a report that was taken is due after ten working days (未成年人保护法 art. 11)', async () => {
  const [reporter, police] = [at('school-7', REPORTING), at('police', REPORTING)];
  const { referral, codes } = await hub.create(
    { kind: 'MANDATORY_REPORT', reasonCode: 'HARM_TO_MINOR', categories: [], target: { organisation: 'police' } },
    reporter,
  );
  expect(codes).toEqual([]);
  await movedOn(referral.id, [
    ['acceptReferral', police],
    ['startReferral', police],
  ]);
  expect(await overdue(police, 'INBOX')).toEqual([]);
  hub.clock.now += 20 * DAY_MS;
  expect([await overdue(police, 'INBOX'), await overdue(reporter, 'OUTBOX')]).toEqual([[referral.id], [referral.id]]);
});

test('case 72: when the clock goes back after an escalation it is not told again', async () => {
  await crisis();
  hub.clock.now += 2 * HOUR_MS;
  await hub.runJobs();
  hub.clock.now -= HOUR_MS;
  await hub.runJobs();
  hub.clock.now += HOUR_MS;
  await hub.runJobs();
  expect(await feed(supervisor)).toHaveLength(1);
});

test('who decided on the version before an escalation is told of the one after it', async () => {
  const id = await crisis();
  hub.clock.now += 2 * HOUR_MS;
  await hub.runJobs();
  const late = await hub.move('acceptReferral', id, clinic, { expectedVersion: 1 });
  expect([late.codes, late.referral.version]).toEqual([['CONFLICT'], 2]);
});
