import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { AUDIT_EVENT } from '../../adapters/audit/port.ts';
import { intakes } from './intake.ts';
import { at, byThemselves, type Hub, referralHub, wardWith } from './referral.fixture.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await referralHub();
});
afterEach(() => hub.close());

const school = at('school-7');
const clinic = at('clinic');
const system = at('education-bureau', { roles: ['department-system'], subject: 'education-system' });

let calls = 0;
async function recorded(as = school): Promise<string> {
  const query =
    'mutation ($input: RecordIntakeInput!) { recordIntake(input: $input) { intake { id } userErrors { code } } }';
  const input = { idempotencyKey: `call-${(calls += 1)}`, channel: 'HOTLINE_12355', reasonCode: 'MOOD' };
  const { data } = await hub.ask(query, { input }, as);
  const again = await hub.ask(query, { input }, as);
  expect(again.data.recordIntake).toEqual(data.recordIntake);
  return data.recordIntake.intake.id;
}

const hotline = async (intakeId: string | null, as = school, changes: object = {}) =>
  hub.create({ kind: 'HOTLINE_INTAKE', intakeId, ...changes }, as);

async function listed(as = school) {
  const query = `{ intakes { edges { node { id channel reasonCode at referred referral { id } } } } }`;
  const { data } = await hub.ask(query, {}, as);
  return data.intakes?.edges.map(({ node }: { node: object }) => node) ?? null;
}

test('a contact without a name becomes a referral once the person is known and agrees', async () => {
  const intakeId = await recorded();
  expect((await hotline(null)).codes).toEqual(['NOT_FOUND']);
  await wardWith(hub, { consents: [] });
  expect((await hotline(intakeId)).codes).toEqual(['BASIS_MISSING']);
});

test('one contact makes one referral, also of two who ask at once', async () => {
  const intakeId = await recorded();
  const both = await Promise.all([hotline(intakeId), hotline(intakeId)]);
  expect(both.map(({ codes }) => codes).toSorted()).toEqual([[], ['INTAKE_USED']]);
  expect((await hotline(intakeId)).userErrors).toEqual([
    { code: 'INTAKE_USED', path: ['input', 'intakeId'], message: expect.any(String) },
  ]);
});

test('a contact whose referral came to nothing can go on to the next service', async () => {
  const intakeId = await recorded();
  const { referral } = await hotline(intakeId);
  await hub.move('rejectReferral', referral.id, clinic, { code: 'AT_CAPACITY' });
  await hub.runJobs();
  expect(await listed()).toMatchObject([{ id: intakeId, referred: false, referral: null }]);
  expect((await hotline(intakeId)).codes).toEqual([]);
});

test('only what comes from a contact names one', async () => {
  const intakeId = await recorded();
  for (const one of [intakeId, 'nonsense'])
    expect((await hub.create({ intakeId: one })).userErrors).toMatchObject([
      { code: 'INVALID', path: ['input', 'intakeId'] },
    ]);
});

test.each([
  ['its own people', school, [], {}],
  ['the system of its department', system, [], { requester: 'school-7' }],
  ['another institution', clinic, ['NOT_FOUND'], { target: { organisation: 'health-commission' }, categories: [] }],
])('a contact goes on through those who act for where it came in: %s', async (_, as, codes, changes) => {
  const intakeId = await recorded();
  expect((await hotline(intakeId, as, changes)).codes).toEqual(codes);
});

test('where a contact came in stands in the directory, and the caller acts for it', async () => {
  const query = 'mutation ($input: RecordIntakeInput!) { recordIntake(input: $input) { userErrors { code } } }';
  const input = { idempotencyKey: 'call', channel: 'FRONT_DESK', reasonCode: 'MOOD' };
  for (const as of [at('school-7', { division: '990102' }), at('nowhere'), byThemselves('ward')]) {
    const { data } = await hub.ask(query, { input }, as);
    expect(data.recordIntake.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  }
});

test('a side finds its contacts again, the open ones first, and what became of the others', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    hub.clock.now += 1_000;
    ids.push(await recorded());
  }
  const { referral } = await hotline(ids[0] ?? null);
  const all = [
    {
      id: ids[1],
      channel: 'HOTLINE_12355',
      reasonCode: 'MOOD',
      at: expect.any(String),
      referred: false,
      referral: null,
    },
    { id: ids[2], referred: false, referral: null },
    { id: ids[0], referred: true, referral: { id: referral.id } },
  ];
  expect(await listed()).toMatchObject(all);
  expect(await listed(system)).toMatchObject(all);
  expect(await listed(clinic)).toEqual([]);
  expect(await listed(at('school-7', { purpose: 'STATISTICS' }))).toBeNull();
  expect(await listed(at('school-7', { division: '990102' }))).toBeNull();
  expect(await listed(byThemselves('ward'))).toBeNull();
});

test('pages of contacts go on where the one before ended', async () => {
  const ids = [await recorded(), await recorded(), await recorded()];
  const query =
    'query ($after: String) { intakes(first: 2, after: $after) { edges { node { id } } pageInfo { endCursor hasNextPage } } }';
  const first = (await hub.ask(query, {}, school)).data.intakes;
  const second = (await hub.ask(query, { after: first.pageInfo.endCursor }, school)).data.intakes;
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  const seen = [...first.edges, ...second.edges].map(({ node }) => node.id);
  expect(seen.toSorted()).toEqual(ids.toSorted());
});

test('that a contact was recorded is in the audit log, about nobody', async () => {
  await recorded();
  const events = await hub.store.claim({ type: AUDIT_EVENT, leaseMs: 1_000, limit: 100 });
  const found = events.filter(({ collection }) => collection === 'intake').map(({ data }) => data);
  expect(found).toEqual([
    expect.objectContaining({ change: 'INTAKE_RECORDED', personId: null, actor: expect.objectContaining({}) }),
  ]);
});

test('who died before the contact followed has it follow when the next one runs', async () => {
  const intakeId = await recorded();
  const { referral } = await hotline(intakeId);
  const followed = await hub.store.load(intakes, intakeId);
  if (followed === null) throw new Error('not stored');
  const { data, version } = followed;
  expect(data.referralId).toBe(referral.id);
  await hub.store.save(intakes, { id: intakeId, data: { ...data, referralId: null }, expectedVersion: version });
  await hub.runJobs();
  expect((await hub.store.load(intakes, intakeId))?.data.referralId).toBe(referral.id);
});
