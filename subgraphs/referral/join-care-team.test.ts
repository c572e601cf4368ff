import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { persons } from '../person/person.ts';
import { followTeam } from './join-care-team.ts';
import { at, type Hub, referralHub } from './referral.fixture.ts';
import { referrals } from './referral.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await referralHub();
});
afterEach(() => hub.close());

const school = at('school-7');
const clinic = at('clinic');
const commission = at('health-commission');
const joining = { role: '主治医生', categories: ['education:assessment'] };

async function accepted(organisation: string, as: ReturnType<typeof at>): Promise<string> {
  const { referral } = await hub.create({ target: { organisation } });
  await hub.move('acceptReferral', referral.id, as);
  return referral.id;
}
const team = async () => (await hub.store.load(persons, 'ward'))?.data.careTeam ?? [];
const leads = async () => (await team()).map(({ worker, lead }) => [worker, lead]);

test('two who are to lead at once: the first does, the second joins without, also when both are followed again', async () => {
  const ids = [await accepted('clinic', clinic), await accepted('health-commission', commission)] as const;
  const both = await Promise.all([
    hub.move('joinCareTeam', ids[0], clinic, { ...joining, worker: 'doctor', lead: true }),
    hub.move('joinCareTeam', ids[1], commission, { ...joining, worker: 'official', lead: true }),
  ]);
  expect(both.flatMap(({ codes }) => codes)).toEqual([]);
  const found = await leads();
  expect(found.map(([, lead]) => lead).toSorted()).toEqual([false, true]);
  for (const id of ids) {
    const referral = await hub.store.load(referrals, id);
    const by = { request: null, actor: null, purpose: null };
    if (referral !== null) await followTeam({ store: hub.store, now: () => hub.clock.now, by }, referral);
  }
  await hub.runJobs();
  expect(await leads()).toEqual(found);
});

test('two of one referral who are to lead: the first does', async () => {
  const id = await accepted('clinic', clinic);
  await hub.move('joinCareTeam', id, clinic, { ...joining, worker: 'doctor', lead: true });
  const stored = await hub.store.load(referrals, id);
  if (stored === null) throw new Error('not stored');
  const [doctor] = stored.data.team;
  if (doctor === undefined) throw new Error('not joined');
  const two = { ...stored, data: { ...stored.data, team: [doctor, { ...doctor, worker: 'nurse' }] } };
  const by = { request: null, actor: null, purpose: null };
  await followTeam({ store: hub.store, now: () => hub.clock.now, by }, two);
  expect(await leads()).toEqual([
    ['doctor', true],
    ['nurse', false],
  ]);
});

test('a worker is taken out of the team, at once, by the target alone; the others stay', async () => {
  const id = await accepted('clinic', clinic);
  for (const worker of ['doctor', 'nurse']) await hub.move('joinCareTeam', id, clinic, { ...joining, worker });
  expect((await hub.move('leaveCareTeam', id, school, { worker: 'doctor' })).codes).toEqual(['NOT_YOUR_MOVE']);
  expect((await hub.move('leaveCareTeam', id, clinic, { worker: 'stranger' })).userErrors).toMatchObject([
    { code: 'NOT_FOUND', path: ['input', 'worker'] },
  ]);
  expect((await hub.move('leaveCareTeam', id, clinic, { worker: 'doctor' })).codes).toEqual([]);
  expect((await team()).map(({ worker }) => worker)).toEqual(['nurse']);
  expect((await hub.look(id, clinic)).history.at(-1).move).toBe('LEAVE_CARE_TEAM');
  await hub.runJobs();
  expect((await team()).map(({ worker }) => worker)).toEqual(['nurse']);
});

test('who leads no more leaves the lead to the next', async () => {
  const id = await accepted('clinic', clinic);
  await hub.move('joinCareTeam', id, clinic, { ...joining, worker: 'doctor', lead: true });
  expect((await hub.move('joinCareTeam', id, clinic, { ...joining, worker: 'nurse', lead: true })).codes).toEqual([
    'INVALID',
  ]);
  await hub.move('leaveCareTeam', id, clinic, { worker: 'doctor' });
  expect((await hub.move('joinCareTeam', id, clinic, { ...joining, worker: 'nurse', lead: true })).codes).toEqual([]);
  expect(await leads()).toEqual([['nurse', true]]);
});
