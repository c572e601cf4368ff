import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Store } from '../../adapters/store/port.ts';
import { consent } from '../person/person-fixtures.ts';
import { persons } from '../person/person.ts';
import { feedLog } from './changes/feed.ts';
import { at, type Hub, referralHub, wardWith } from './referral.fixture.ts';
import { referrals } from './referral.ts';

/** Done before the next save of a referral that matches; once. */
let before: { readonly isDue: (expectedVersion: number) => boolean; readonly task: () => Promise<unknown> } | null =
  null;
const interrupted = (store: Store): Store => ({
  ...store,
  save: async (collection, change) => {
    const due = collection.name === 'referral' && before?.isDue(change.expectedVersion) === true ? before : null;
    if (due !== null) {
      before = null;
      await due.task();
    }
    return store.save(collection, change);
  },
});

let hub: Hub;
let parent: string;
beforeEach(async () => {
  before = null;
  hub = await referralHub({ store: interrupted });
  const station = { department: 'CIVIL_AFFAIRS', organisation: 'station', team: null, division: '990101' };
  const stored = await hub.store.load(persons, 'ward');
  const given = { recipients: [station], categories: ['education:enrolment'], purposes: ['REFERRAL'] } as const;
  await wardWith(hub, { consents: [...(stored?.data.consents ?? []), consent({ id: 'to-station', ...given })] });
  parent = (await hub.create({ categories: ['education:enrolment'] })).referral.id;
  await hub.move('acceptReferral', parent, clinic);
});
afterEach(() => hub.close());

const school = at('school-7');
const clinic = at('clinic');
const onward = async (changes: object = {}) =>
  hub.create(
    {
      idempotencyKey: 'onward-1',
      basedOnId: parent,
      target: { organisation: 'station' },
      categories: ['education:enrolment'],
      ...changes,
    },
    clinic,
  );
const movesOf = async (id: string) => (await hub.store.load(referrals, id))?.data.history.map(({ move }) => move);
const childrenOf = async () =>
  (await hub.store.page(referrals, { index: 'byBasedOn', value: parent, first: 10 })).items.map(({ id }) => id);

test('an onward referral stands in the history of the one that it goes on from, and in the feeds of both its sides', async () => {
  expect((await onward()).userErrors).toEqual([]);
  expect(await movesOf(parent)).toEqual(['CREATE', 'ACCEPT', 'REFER_ONWARD']);
  await hub.runJobs();
  for (const feed of ['organisation:school-7', 'organisation:clinic']) {
    const entries = await hub.store.readLog(feedLog(feed), { first: 100 });
    const told = entries.map(({ data }) => data as { referralId: string; change: string; version: number });
    expect(told.findLast(({ referralId }) => referralId === parent)).toMatchObject({
      change: 'REFER_ONWARD',
      version: 3,
    });
  }
});

test('asked again it is the same, on both', async () => {
  const { referral } = await onward();
  expect((await onward()).referral.id).toBe(referral.id);
  expect(await movesOf(parent)).toHaveLength(3);
  expect(await childrenOf()).toEqual([referral.id]);
});

test.each([
  ['cancelled', async () => hub.move('cancelReferral', parent, school), 'CANCELLED'],
  ['told something', async () => hub.move('addReferralMessage', parent, school, { text: '请注意' }), 'ACCEPTED'],
])('the parent that is %s in between hands nobody on; the loser learns of it', async (_, task, state) => {
  before = { isDue: () => true, task };
  const lost = await onward();
  expect(lost.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'basedOnId'] }]);
  expect(lost.referral).toBeNull();
  expect((await hub.store.load(referrals, parent))?.data.state).toBe(state);
  expect(await childrenOf()).toEqual([]);
  expect(await movesOf(parent)).not.toContain('REFER_ONWARD');
});

test('who died between the two asks again: one move, one child', async () => {
  const died = async () => Promise.reject(new Error('died'));
  before = { isDue: (expectedVersion) => expectedVersion === 0, task: died };
  await expect(onward()).rejects.toThrow('createReferral');
  expect([await movesOf(parent), await childrenOf()]).toEqual([['CREATE', 'ACCEPT', 'REFER_ONWARD'], []]);
  expect((await onward({ reason: '另一件事' })).codes).toEqual(['KEY_REUSED']);
  expect((await onward()).codes).toEqual([]);
  expect(await movesOf(parent)).toHaveLength(3);
  expect(await childrenOf()).toHaveLength(1);
});
