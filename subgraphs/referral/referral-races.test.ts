import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { HubRequest } from '../shared/hub-request.ts';
import { dawdlingStore, turns } from './dawdling-store.fixture.ts';
import { at, byThemselves, type Hub, MOVE_INPUTS, referralHub } from './referral.fixture.ts';
import { referrals, type StoredReferral } from './referral.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await referralHub({ store: dawdlingStore });
});
afterEach(() => hub.close());

const school = at('school-7');
const clinic = at('clinic');
const colleague = at('clinic', { subject: 'another-worker-of-clinic' });
const ward = byThemselves('ward');
const mother = byThemselves('mother');

/** One side's answer: field, who, what is said with it, and the state that it leads to. */
type Side = readonly [string, HubRequest, string, object?];

const accepts: Side = ['acceptReferral', clinic, 'ACCEPTED'];
const cancels: Side = ['cancelReferral', school, 'CANCELLED'];
const declines: Side = ['declineReferral', ward, 'CANCELLED'];
const completes: Side = ['completeReferral', clinic, 'COMPLETED', { outcome: 'SERVED' }];

/** A hundred times each. */
const RACES: readonly (readonly [string, readonly string[], Side, Side])[] = [
  ['accept against cancel', [], accepts, cancels],
  ['accept against decline', [], accepts, declines],
  [
    'accept against reject, by two of one clinic',
    [],
    accepts,
    ['rejectReferral', colleague, 'REJECTED', { code: 'DUPLICATE' }],
  ],
  ['two who accept at once', [], accepts, ['acceptReferral', colleague, 'ACCEPTED']],
  [
    'reject against mark in error',
    [],
    ['rejectReferral', clinic, 'REJECTED', { code: 'DUPLICATE' }],
    ['markReferralEnteredInError', school, 'ENTERED_IN_ERROR'],
  ],
  ['start against cancel', ['acceptReferral'], ['startReferral', clinic, 'IN_PROGRESS'], cancels],
  ['complete against cancel', ['acceptReferral', 'startReferral'], completes, cancels],
  [
    'complete against decline',
    ['acceptReferral', 'startReferral'],
    completes,
    ['declineReferral', mother, 'CANCELLED'],
  ],
  [
    'fail against cancel, by two of one clinic',
    ['acceptReferral', 'startReferral'],
    ['failReferral', clinic, 'FAILED', { reason: '失联' }],
    ['cancelReferral', colleague, 'CANCELLED', { reason: '转院' }],
  ],
  [
    'resume against decline',
    ['acceptReferral', 'startReferral', 'holdReferral'],
    ['resumeReferral', clinic, 'IN_PROGRESS'],
    declines,
  ],
];
const TIMES = 100;
/** Turns of the event loop, at most: a rejection has more to look up than an acceptance. */
const HEAD_START = 40;

async function answer([field, as, , said]: Side, { id, version }: StoredReferral) {
  const input = { referralId: id, expectedVersion: version, idempotencyKey: 'race', ...said };
  const query = `mutation ($input: ${MOVE_INPUTS[field] ?? 'ReferralMoveInput'}!) {
    ${field}(input: $input) { referral { version state } userErrors { code path } } }`;
  const { data, codes } = await hub.ask(query, { input }, as);
  expect(codes).toEqual([]);
  return data[field] as { referral: object; userErrors: readonly object[] };
}

/** Another like it. */
async function another({ data }: StoredReferral, n: number): Promise<StoredReferral> {
  const id = `race-${n}`;
  const applied = data.applied.map((one, i) => ({ ...one, key: `${n}-${i}` }));
  const { version } = await hub.trust.store.save(referrals, { id, data: { ...data, applied }, expectedVersion: 0 });
  return { id, version, data };
}

test.each(RACES)(`${TIMES} races, one winner each: %s`, async (_, before, one, other) => {
  const { referral } = await hub.create();
  for (const field of before) expect((await hub.move(field, referral.id, clinic)).codes).toEqual([]);
  const model = await hub.store.load(referrals, referral.id);
  if (model === null) throw new Error('not stored');
  const won = new Map<Side, number>([
    [one, 0],
    [other, 0],
  ]);
  for (let n = 0; n < TIMES; n += 1) {
    const found = await another(model, n);
    const sides = n % 2 === 0 ? ([one, other] as const) : ([other, one] as const);
    const answers = await Promise.all(
      sides.map(async (side, i) => {
        await turns(i * (n % HEAD_START));
        return answer(side, found);
      }),
    );
    const winner = sides[answers.findIndex(({ userErrors }) => userErrors.length === 0)];
    if (winner === undefined) throw new Error('nobody won');
    const loser = answers.find(({ userErrors }) => userErrors.length > 0);
    // Whoever lost is told what there is now.
    const present = { version: 2, state: winner[2] };
    expect(loser).toEqual({
      referral: present,
      userErrors: [{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }],
    });
    const stored = await hub.store.load(referrals, found.id);
    expect([stored?.version, stored?.data.state]).toEqual([2, winner[2]]);
    expect(stored?.data.history).toHaveLength(model.data.history.length + 1);
    won.set(winner, (won.get(winner) ?? 0) + 1);
  }
  // Else it was no race.
  expect(Math.min(...won.values())).toBeGreaterThan(TIMES / 10);
});
