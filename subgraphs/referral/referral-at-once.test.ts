import { afterEach, expect, test } from '@jest/globals';
import type { Store } from '../../adapters/store/port.ts';
import { consent, DISTRICT } from '../person/person-fixtures.ts';
import { persons } from '../person/person.ts';
import { own } from '../person/trust.fixture.ts';
import { dawdlingStore } from './dawdling-store.fixture.ts';
import { mortalStore } from './model/mortal-store.fixture.ts';
import { at, type Hub, referralHub } from './referral.fixture.ts';
import { referrals } from './referral.ts';

let hub: Hub;
let leases = 0;
const storeClock = () => leases;
afterEach(() => hub.close());

const school = at('school-7');
const clinic = at('clinic');

/** What happens just before the nth save of a collection: where somebody else is faster. */
function overtaken(collection: string, happening: () => Promise<unknown>) {
  let armed = false;
  const wrap = (store: Store): Store => ({
    ...store,
    save: async (into, change) => {
      if (armed && into.name === collection) {
        armed = false;
        await happening();
      }
      return store.save(into, change);
    },
  });
  return { wrap, arm: () => (armed = true) };
}

const withdraw = (consentId: string) =>
  hub.trust.ask(
    'mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { userErrors { code } } }',
    { input: { personId: 'ward', consentId } },
    own('ward'),
  );

/** What waits to be looked at again is. */
async function later(): Promise<void> {
  leases += 60_000;
  await hub.runJobs();
}

/** A second consent like the first. */
async function giveAnother(): Promise<void> {
  const ward = await hub.trust.store.load(persons, 'ward');
  if (ward === null) throw new Error('no ward');
  const another = consent({
    id: 'another',
    recipients: [{ department: 'HEALTH', organisation: null, team: null, division: DISTRICT }],
    categories: ['education:assessment', 'education:enrolment'],
    purposes: ['REFERRAL'],
  });
  const data = { ...ward.data, consents: [...ward.data.consents, another] };
  await hub.trust.store.save(persons, { id: 'ward', expectedVersion: ward.version, data });
}

test('the same move with the same key, sent twice at once: one effect, and both are told that it was made', async () => {
  hub = await referralHub({ store: dawdlingStore });
  for (let n = 0; n < 50; n += 1) {
    const { referral } = await hub.create();
    const said = { idempotencyKey: 'twice', expectedVersion: 1 };
    const answers = await Promise.all([1, 2].map(async () => hub.move('acceptReferral', referral.id, clinic, said)));
    expect(answers.map(({ codes, referral: now }) => [codes, now.version])).toEqual([
      [[], 2],
      [[], 2],
    ]);
    expect((await hub.store.load(referrals, referral.id))?.data.applied).toHaveLength(2);
  }
});

test('the same creation with the same key, sent twice at once: one referral', async () => {
  hub = await referralHub({ store: dawdlingStore });
  for (let n = 0; n < 50; n += 1) {
    const said = { idempotencyKey: `twice-${n}` };
    const [one, other] = await Promise.all([hub.create(said), hub.create(said)]);
    expect([one?.codes, other?.codes, one?.referral.id]).toEqual([[], [], other?.referral.id]);
  }
  const { data } = await hub.ask('{ referralCounts(box: OUTBOX) { state count } }', {}, school);
  expect(data.referralCounts[0]).toEqual({ state: 'REQUESTED', count: 50 });
});

test('a basis that was named while the end of the other is being noted stands', async () => {
  let id = '';
  const faster = overtaken('referral', () => hub.move('nameReferralBasis', id, school, { consentId: 'another' }));
  hub = await referralHub({ store: faster.wrap });
  ({ id } = (await hub.create()).referral);
  await giveAnother();
  await withdraw('to-health');
  faster.arm();
  await hub.runJobs();
  expect(await hub.look(id, school)).toMatchObject({ basisStands: true, version: 2 });
});

test('of a referral that ended meanwhile nobody is asked for another basis', async () => {
  let id = '';
  const faster = overtaken('referral', () => hub.move('cancelReferral', id, school));
  hub = await referralHub({ store: faster.wrap });
  ({ id } = (await hub.create()).referral);
  await withdraw('to-health');
  faster.arm();
  await hub.runJobs();
  expect(await hub.look(id, school)).toMatchObject({ state: 'CANCELLED', version: 2 });
});

test('a consent that is withdrawn while somebody refers on it: the end of the basis is noted', async () => {
  const faster = overtaken('referral', async () => {
    await withdraw('to-health');
    await hub.runJobs();
  });
  hub = await referralHub({ store: faster.wrap, storeClock });
  faster.arm();
  const { referral } = await hub.create();
  await later();
  const found = await hub.look(referral.id, school);
  expect(found.history.map(({ move }: { move: string }) => move)).toEqual(['CREATE', 'BASIS_ENDED']);
});

test('a basis that is named while its consent is withdrawn: its end is noted', async () => {
  const faster = overtaken('referral', async () => {
    await withdraw('another');
    await hub.runJobs();
  });
  hub = await referralHub({ store: faster.wrap, storeClock });
  const { referral } = await hub.create();
  await giveAnother();
  await withdraw('to-health');
  await hub.runJobs();
  faster.arm();
  expect((await hub.move('nameReferralBasis', referral.id, school)).codes).toEqual([]);
  await later();
  const found = await hub.look(referral.id, school);
  expect(found.history.map(({ move }: { move: string }) => move).slice(-2)).toEqual(['NAME_BASIS', 'BASIS_ENDED']);
});

test('who joins the team on a referral that was moved meanwhile is told so, and has not joined', async () => {
  let id = '';
  const faster = overtaken('referral', () => hub.move('addReferralMessage', id, school, { text: '请尽快' }));
  hub = await referralHub({ store: faster.wrap });
  ({ id } = (await hub.create()).referral);
  await hub.move('acceptReferral', id, clinic);
  faster.arm();
  const joining = { role: '咨询师', categories: ['education:assessment'], worker: 'worker-of-clinic' };
  expect((await hub.move('joinCareTeam', id, clinic, joining)).codes).toEqual(['CONFLICT']);
  expect((await hub.trust.store.load(persons, 'ward'))?.data.careTeam).toEqual([]);
});

test('case 70: whose process died between the move and the team has joined when the next one runs', async () => {
  hub = await referralHub();
  const { id } = (await hub.create()).referral;
  await hub.move('acceptReferral', id, clinic);
  const mortal = mortalStore(hub.store, () => {});
  await hub.restart(mortal.store);
  mortal.dieAt({ at: 'save', nth: 1, when: 'AFTER' });
  const joining = { role: '咨询师', categories: ['education:assessment'], worker: 'worker-of-clinic' };
  await expect(hub.move('joinCareTeam', id, clinic, { ...joining, expectedVersion: 2 })).rejects.toThrow();
  expect((await hub.store.load(persons, 'ward'))?.data.careTeam).toEqual([]);
  await hub.restart();
  expect((await hub.store.load(persons, 'ward'))?.data.careTeam).toMatchObject([{ worker: 'worker-of-clinic' }]);
});
