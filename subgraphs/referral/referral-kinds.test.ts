import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { shanghaiDay } from '../../adapters/shared/shanghai-day.ts';
import { locations } from '../directory/location.ts';
import { consent, link } from '../person/person-fixtures.ts';
import { persons } from '../person/person.ts';
import { referrals } from './referral.ts';
import { at, byThemselves, type Hub, referralHub, wardWith } from './referral.fixture.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await referralHub();
});
afterEach(() => hub.close());

const school = at('school-7');
const clinic = at('clinic');
const station = at('station');
const reporting = (organisation: string) => at(organisation, { purpose: 'MANDATORY_REPORTING' });

const fromClinic = consent({
  id: 'from-clinic',
  recipients: [{ department: 'CIVIL_AFFAIRS', organisation: 'station', team: null, division: '990101' }],
  categories: ['health:rehabilitation', 'health:follow-up'],
  purposes: ['REFERRAL'],
  coversWayBack: true,
});
const DOWN = {
  kind: 'TWO_WAY_DOWN',
  target: { organisation: 'station' },
  reasonCode: 'REHABILITATION',
  categories: ['health:rehabilitation'],
  dischargeAssessment: { assessedOn: '2026-11-18', reference: 'A-1', summary: '情绪稳定，可回归社区' },
  platformNumber: 'NP-2026-0017',
};

async function discharged() {
  await wardWith(hub, { consents: [fromClinic] });
  const { referral, userErrors } = await hub.create(DOWN, clinic);
  expect(userErrors).toEqual([]);
  await hub.move('acceptReferral', referral.id, station);
  await hub.move('startReferral', referral.id, station);
  return referral.id as string;
}

test('two-way down: the hospital hands over to the community with the discharge assessment and the platform’s number', async () => {
  await wardWith(hub, { consents: [fromClinic] });
  expect((await hub.create({ ...DOWN, dischargeAssessment: null }, clinic)).codes).toEqual([
    'DISCHARGE_ASSESSMENT_MISSING',
  ]);
  const id = await discharged();
  expect(await hub.look(id, station)).toMatchObject({
    dischargeAssessment: { assessedOn: '2026-11-18', summary: '情绪稳定，可回归社区' },
    platformNumber: 'NP-2026-0017',
  });
});

test('two-way down: before it accepts, the community does not see the assessment', async () => {
  await wardWith(hub, { consents: [fromClinic] });
  const { referral } = await hub.create(DOWN, clinic);
  expect(await hub.look(referral.id, station)).toMatchObject({ dischargeAssessment: null, platformNumber: null });
});

test.each([
  ['a school is no hospital', at('school-7'), DOWN],
  ['a police station takes nobody home', at('clinic'), { ...DOWN, target: { organisation: 'police' } }],
  ['a school is no community', at('school-7'), { kind: 'TWO_WAY_UP', target: { organisation: 'clinic' } }],
])('two-way: %s', async (_, as, changes) => {
  expect((await hub.create(changes, as)).codes).toEqual(['PARTIES_DO_NOT_FIT']);
});

test('green channel: a relapse goes straight back on the earlier consent, urgently, and cannot be refused for want of a bed', async () => {
  const down = await discharged();
  await wardWith(hub, { links: [link(), link({ department: 'CIVIL_AFFAIRS', localId: 'C-1' })] });
  const relapse = { kind: 'GREEN_CHANNEL', reasonCode: 'RELAPSE', basedOnId: down, categories: ['health:follow-up'] };
  const { referral, userErrors } = await hub.create({ ...relapse, categories: [] }, station);
  expect(userErrors).toEqual([]);
  expect(referral).toMatchObject({ priority: 'URGENT', basedOn: { id: down }, basis: 'CONSENT' });
  expect((await hub.move('rejectReferral', referral.id, clinic, { code: 'AT_CAPACITY' })).codes).toEqual([
    'CAPACITY_NO_GROUND',
  ]);
  expect((await hub.move('acceptReferral', referral.id, clinic)).codes).toEqual([]);
  expect((await hub.look(down, clinic)).onward).toEqual([{ id: referral.id }]);
});

test('green channel: where the consent does not name the way back, there is no basis; a consent of its own is one', async () => {
  await wardWith(hub, { consents: [{ ...fromClinic, coversWayBack: false }] });
  const { referral } = await hub.create(DOWN, clinic);
  await hub.move('acceptReferral', referral.id, station);
  const relapse = { kind: 'GREEN_CHANNEL', reasonCode: 'RELAPSE', basedOnId: referral.id, categories: [] };
  expect((await hub.create(relapse, station)).codes).toEqual(['BASIS_MISSING']);
  const anew = consent({ id: 'anew', purposes: ['REFERRAL'], categories: ['health:follow-up'] });
  await wardWith(hub, { consents: [{ ...fromClinic, coversWayBack: false }, anew] });
  expect((await hub.create({ ...relapse, consentId: 'anew' }, station)).codes).toEqual([]);
});

test('crisis: on an emergency access it shares for as long as that lasts; the clock runs two hours, around the clock', async () => {
  await wardWith(hub, { consents: [] });
  const crisis = at('school-7', { purpose: 'CRISIS_RESPONSE' });
  const input = { kind: 'CRISIS', reasonCode: 'SELF_HARM', categories: ['education:assessment'] };
  expect((await hub.create(input, crisis)).codes).toEqual(['BASIS_MISSING']);
  const reason = '学生在校内明确表示要自伤，须立即由精神科接诊';
  const begin =
    'mutation ($input: BeginEmergencyAccessInput!) { beginEmergencyAccess(input: $input) { emergencyAccess { id } } }';
  await hub.trust.ask(begin, { input: { idempotencyKey: 'e', personId: 'ward', reason } }, crisis);
  const { referral } = await hub.create(input, crisis);
  expect(referral).toMatchObject({ basis: 'EMERGENCY', priority: 'CRISIS' });
  const due = Date.parse(referral.clocks[0].dueAt) - hub.clock.now;
  expect(due).toBe(2 * 3_600_000);
  await hub.move('acceptReferral', referral.id, at('clinic', { purpose: 'CRISIS_RESPONSE' }));
  const caring = at('clinic', { purpose: 'CARE' });
  expect(await hub.sees(caring)).toContain('education:assessment');
  hub.clock.now += 3 * 3_600_000;
  expect(await hub.sees(caring)).not.toContain('education:assessment');
  await hub.runJobs();
  expect((await hub.look(referral.id, clinic)).history.at(-1).move).toBe('BASIS_ENDED');
});

test('mediation: the mediator asks for a counsellor beside them', async () => {
  await wardWith(hub, {
    links: [link(), link({ department: 'JUSTICE', localId: 'J-1' })],
    consents: [consent({ id: 'm', categories: ['justice:mediation'], purposes: ['REFERRAL'] })],
  });
  const support = { kind: 'MEDIATION_SUPPORT', reasonCode: 'MEDIATION', categories: ['justice:mediation'] };
  expect((await hub.create(support, at('mediators'))).codes).toEqual([]);
  expect((await hub.create({ ...support, categories: [] }, at('committee'))).codes).toEqual(['PARTIES_DO_NOT_FIT']);
});

test('onward: the clinic refers further and goes on itself; only what the owner lets be handed on goes over', async () => {
  const toStation = consent({
    id: 'to-station',
    recipients: [{ department: 'CIVIL_AFFAIRS', organisation: 'station', team: null, division: '990101' }],
    categories: ['education:assessment', 'education:enrolment', 'health:follow-up'],
    purposes: ['REFERRAL'],
  });
  const stored = await hub.store.load(persons, 'ward');
  await wardWith(hub, { consents: [...(stored?.data.consents ?? []), toStation] });
  const { referral } = await hub.create({ categories: ['education:assessment', 'education:enrolment'] });
  const child = { basedOnId: referral.id, target: { organisation: 'station' } };
  expect((await hub.create({ ...child, categories: ['health:follow-up'] }, clinic)).codes).toEqual([
    'BASED_ON_MISSING',
  ]);
  await hub.move('acceptReferral', referral.id, clinic);
  expect((await hub.create({ ...child, categories: ['education:assessment'] }, clinic)).codes).toEqual([
    'CATEGORY_NOT_ALLOWED',
  ]);
  const onward = await hub.create({ ...child, categories: ['education:enrolment', 'health:follow-up'] }, clinic);
  expect(onward.userErrors).toEqual([]);
  expect(await hub.look(referral.id, school)).toMatchObject({ state: 'ACCEPTED' });
  expect(await hub.look(onward.referral.id, school)).toBeNull();
});

test('rejected with the next service proposed; the requester acknowledges, and the loop is closed', async () => {
  const { referral } = await hub.create();
  expect((await hub.move('rejectReferral', referral.id, clinic, { code: 'OTHER' })).codes).toEqual(['REASON_MISSING']);
  const rejected = await hub.move('rejectReferral', referral.id, clinic, { code: 'AT_CAPACITY' });
  expect(rejected.referral.rejection).toMatchObject({
    code: 'AT_CAPACITY',
    nextServices: [{ service: { id: 'ward-b' }, consentCovers: null }],
  });
  // The clinic need not know what else she agreed to; the school does.
  const { rejection } = await hub.look(referral.id, school);
  expect(rejection.nextServices).toEqual([{ service: { id: 'ward-b' }, consentCovers: true }]);
  expect((await hub.move('acknowledgeReferral', referral.id, school)).referral.loopClosedAt).not.toBeNull();
  expect((await hub.move('acknowledgeReferral', referral.id, school)).codes).toEqual(['ALREADY_CLOSED']);
});

test('a named worker joins the care team by the referral, and is out of it when the sharing ends', async () => {
  const { referral } = await hub.create();
  await hub.move('acceptReferral', referral.id, clinic);
  const joining = { role: '主治医生', categories: ['education:assessment'], worker: 'doctor-1' };
  expect(
    (await hub.move('joinCareTeam', referral.id, clinic, { ...joining, categories: ['health:visits'] })).codes,
  ).toEqual(['CATEGORY_NOT_ALLOWED']);
  expect((await hub.move('joinCareTeam', referral.id, clinic, joining)).codes).toEqual([]);
  const team = (await hub.store.load(persons, 'ward'))?.data.careTeam;
  expect(team).toMatchObject([{ worker: 'doctor-1', organisation: 'clinic', ground: { kind: 'REFERRAL' } }]);
  const doctor = at('clinic', { subject: 'doctor-1', purpose: 'CARE', department: null });
  expect(await hub.sees(doctor)).toEqual(['education:assessment']);
  await hub.move('cancelReferral', referral.id, school);
  expect(await hub.sees(doctor)).toBeNull();
});

test.each([
  ['a start that is over', { start: '1999-01-01T00:00:00Z' }, 'start'],
  ['an end before the start', { end: '2026-11-25T00:00:00Z' }, 'end'],
  ['a place that is not in the directory', { locationId: 'no-such-place' }, 'locationId'],
  ['a place that was given up', { locationId: 'old-room' }, 'locationId'],
])('no appointment with %s', async (_, said, field) => {
  await saveRoom('room', null);
  await saveRoom('old-room', '2026-01-01T00:00:00.000Z');
  const { referral } = await hub.create();
  await hub.move('acceptReferral', referral.id, clinic);
  const fine = { start: '2026-11-25T01:00:00Z', locationId: 'room' };
  const refusedOne = await hub.move('scheduleReferralAppointment', referral.id, clinic, { ...fine, ...said });
  expect(refusedOne.userErrors).toMatchObject([{ code: 'INVALID', path: ['input', field] }]);
  expect((await hub.move('scheduleReferralAppointment', referral.id, clinic, fine)).codes).toEqual([]);
});

test('an appointment may have begun a moment ago; a task is due today at the earliest', async () => {
  const { referral } = await hub.create();
  await hub.move('acceptReferral', referral.id, clinic);
  const start = new Date(hub.clock.now - 60_000).toISOString();
  expect((await hub.move('scheduleReferralAppointment', referral.id, clinic, { start })).codes).toEqual([]);
  const today = shanghaiDay(hub.clock.now);
  const task = (dueOn: string) => ({ role: 'TARGET', dueOn, text: '电话随访' });
  expect((await hub.move('addReferralFollowUp', referral.id, clinic, task('1900-01-01'))).userErrors).toMatchObject([
    { code: 'INVALID', path: ['input', 'dueOn'] },
  ]);
  expect((await hub.move('addReferralFollowUp', referral.id, clinic, task(today))).codes).toEqual([]);
});

async function saveRoom(id: string, retiredAt: string | null): Promise<void> {
  const fields = { organisation: 'clinic', name: id, kind: 'COUNSELLING_ROOM', division: '990101' };
  const envelope = { retiredAt, updatedAt: '2026-01-01T00:00:00.000Z', writes: [] };
  const data = locations.schema.parse({ ...fields, ...envelope, address: null, latitude: null, longitude: null });
  await hub.store.save(locations, { id, data, expectedVersion: 0 });
}

test('an appointment, and tasks that each side does its own of', async () => {
  const { referral } = await hub.create();
  await hub.move('acceptReferral', referral.id, clinic);
  const start = '2026-11-25T09:00:00+08:00';
  const booked = await hub.move('scheduleReferralAppointment', referral.id, clinic, { start });
  expect(booked.referral.appointment.start).toBe('2026-11-25T01:00:00.000Z');
  const task = { role: 'REQUESTER', dueOn: '2026-12-01', text: '了解到校情况' };
  const { referral: withTask } = await hub.move('addReferralFollowUp', referral.id, clinic, task);
  const [{ id: followUpId }] = withTask.followUps;
  expect((await hub.move('completeReferralFollowUp', referral.id, clinic, { followUpId })).codes).toEqual([
    'NOT_YOUR_MOVE',
  ]);
  const done = await hub.move('completeReferralFollowUp', referral.id, school, { followUpId });
  expect(done.referral.followUps[0]).toMatchObject({ text: '了解到校情况', completedAt: expect.any(String) });
});

test('texts are sealed at rest, shown to the two parties, and to nobody else', async () => {
  const { referral } = await hub.create();
  await hub.move('addReferralMessage', referral.id, clinic, { text: '请于周三前来' });
  expect(JSON.stringify(await hub.store.load(referrals, referral.id))).not.toMatch(/情绪低落|周三前来/);
  const mine = await hub.ask(
    '{ myReferrals { edges { node { reason messages { text } state } } } }',
    {},
    byThemselves('ward'),
  );
  expect(mine.data.myReferrals.edges).toEqual([{ node: { reason: null, messages: null, state: 'REQUESTED' } }]);
});

test('the person’s timeline shows referrals to their sides and to the person, a report to its sides alone', async () => {
  await hub.create();
  const report = {
    kind: 'MANDATORY_REPORT',
    reasonCode: 'BULLYING',
    categories: [],
    target: { organisation: 'police' },
  };
  const { userErrors } = await hub.create(report, reporting('school-7'));
  expect(userErrors).toEqual([]);
  const timeline = async (as: Parameters<Hub['sees']>[0]) => {
    const query = 'query ($id: ID!) { person(id: $id) { timeline { edges { node { category title } } } } }';
    const { data } = await hub.trust.ask(query, { id: 'ward' }, as);
    return data.person?.timeline.edges.map(({ node }: { node: { title: string } }) => node.title) ?? null;
  };
  expect(await timeline(at('school-7'))).toEqual(['转介：待答复']);
  expect(await timeline(reporting('school-7'))).toEqual(['转介：待答复']);
  expect(await timeline(byThemselves('ward'))).toEqual(['转介：待答复']);
  expect(await timeline(at('clinic', { organisation: 'other-hospital', purpose: 'CARE' }))).toEqual([]);
});
