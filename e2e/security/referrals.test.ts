import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { storyOf } from '../harness/care-seed.ts';
import { expectNothingInside } from '../harness/expect-denied.ts';
import { askHub } from '../harness/hub-client.ts';
import { as, consent, create, look, move, nextKey, type Shown, type Who } from '../harness/referral-client.ts';
import { CREATE_REFERRAL, REFERRAL_CHANGES, REFERRAL_MOVES, SHARED } from '../harness/referral-operations.ts';
import { type Stack, startStack } from '../harness/start-stack.ts';

const COUNSELLOR: Who = { login: 'school-counsellor' };
const CLINIC: Who = { login: 'clinic-worker' };
const CLINIC_ID = 'district-mental-health-centre';

let stack: Stack;
let personId: string;
let referral: Shown;
beforeAll(async () => {
  stack = await startStack();
  personId = storyOf(stack.world, 'pupil-in-crisis').id;
  const terms = { personId, organisation: CLINIC_ID, department: 'HEALTH', categories: ['education:assessment'] };
  await consent(stack, terms, 'child', 'mother');
  referral = await refer();
}, 90_000);
afterAll(() => stack.close());

const refer = async () =>
  create(stack, COUNSELLOR, {
    kind: 'SERVICE',
    personId,
    target: { organisation: CLINIC_ID },
    reasonCode: 'MOOD',
    reason: '只给两方看的理由',
    categories: ['education:assessment'],
  });

const systems = ['justice-system', 'union-system', 'education-system-b', 'police-station', 'village-committee'];

test.each(systems)(
  'cases 14 and 24: to %s, no party, the referral is not there, and it can move nothing',
  async (client) => {
    const who: Who = { client };
    expect(await look(stack, who, referral.id)).toBeNull();
    expect(await look(stack, who, '0mx000000-nobody')).toBeNull();
    const input = { referralId: referral.id, expectedVersion: referral.version, idempotencyKey: nextKey() };
    const tried = await as(stack, who, { query: REFERRAL_MOVES.acceptReferral, variables: { input } });
    expect(tried.data.acceptReferral).toMatchObject({ referral: null, userErrors: [{ code: 'NOT_FOUND' }] });
    expect(JSON.stringify(tried)).not.toContain('只给两方看的理由');
  },
);

test('case 24: the school accepts nothing in the name of the clinic', async () => {
  const input = { referralId: referral.id, expectedVersion: referral.version, idempotencyKey: nextKey() };
  const tried = await as(stack, COUNSELLOR, { query: REFERRAL_MOVES.acceptReferral, variables: { input } });
  expect(tried.data.acceptReferral.userErrors[0].code).toBe('NOT_YOUR_MOVE');
});

test('case 15: before it is accepted a referral leads to nobody, afterwards to what it lists and to nothing else', async () => {
  const made = await refer();
  const asked = { query: SHARED, variables: { id: made.id }, purpose: 'CARE' };
  expect((await as(stack, CLINIC, asked)).data.referral.subject).toBeNull();
  const taken = await move(stack, CLINIC, 'acceptReferral', { referral: made });
  const wide = `query ($id: ID!) { referral(id: $id) { subject {
    education { assessment { level } counselling { kind } protection { kind } } union { hardshipAid { kind } }
  } } }`;
  const { data } = await as(stack, CLINIC, { ...asked, query: wide });
  expect(data.referral.subject.education).toMatchObject({ counselling: null, protection: null });
  expect(data.referral.subject.education.assessment.length).toBeGreaterThan(0);
  expect(data.referral.subject.union).toBeNull();
  const started = await move(stack, CLINIC, 'startReferral', { referral: taken });
  expect(started.state).toBe('IN_PROGRESS');
});

test('case 19: a batch of moves is refused whole; one operation with many moves of one version wins once', async () => {
  const made = await refer();
  const token = await stack.signIn.signIn('clinic-worker', { scope: 'referral:read referral:write' });
  const one = (key: string) => ({ referralId: made.id, expectedVersion: 1, idempotencyKey: key });
  const response = await fetch(stack.gateway, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-purpose-of-use': 'REFERRAL', authorization: `Bearer ${token}` },
    body: JSON.stringify([
      { query: REFERRAL_MOVES.acceptReferral, variables: { input: one('a') } },
      { query: REFERRAL_MOVES.acceptReferral, variables: { input: one('b') } },
    ]),
  });
  expect(response.status).toBe(400);
  const twice = `mutation ($a: ReferralMoveInput!, $b: ReferralReasonInput!) {
    a: acceptReferral(input: $a) { userErrors { code } } b: cancelReferral(input: $b) { userErrors { code } }
  }`;
  const variables = { a: one('c'), b: { ...one('d'), reason: '转院' } };
  const { data } = await askHub(stack.gateway, { token, query: twice, variables, purpose: 'REFERRAL' });
  expect([data.a.userErrors, data.b.userErrors]).toEqual([[], [{ code: 'CONFLICT' }]]);
});

test('case 25: after the withdrawal the referral shares nothing, a page of the list that was begun included', async () => {
  const made = await refer();
  await move(stack, CLINIC, 'acceptReferral', { referral: made });
  const page = `query ($after: String) { referrals(box: INBOX, first: 1, after: $after, order: NEWEST_FIRST) {
    edges { node { id subject { education { assessment { level } } } } } pageInfo { endCursor } } }`;
  const before = await as(stack, CLINIC, { query: page, purpose: 'CARE' });
  expect(before.data.referrals.edges[0].node.subject.education.assessment.length).toBeGreaterThan(0);
  const own = { purpose: 'SELF_ACCESS' };
  const mine = await as(stack, { login: 'child' }, { query: '{ myConsents { id purposes status } }', ...own });
  const given = mine.data.myConsents.filter(({ purposes }: { purposes: string[] }) => purposes.includes('REFERRAL'));
  for (const { id: consentId } of given) {
    const withdraw =
      'mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { userErrors { code } } }';
    await as(stack, { login: 'child' }, { query: withdraw, variables: { input: { personId, consentId } }, ...own });
  }
  const { endCursor: after } = before.data.referrals.pageInfo;
  const behind = await as(stack, CLINIC, { query: page, variables: { after }, purpose: 'CARE' });
  const again = await as(stack, CLINIC, { query: page, purpose: 'CARE' });
  for (const { data } of [behind, again]) expect(JSON.stringify(data)).not.toContain('"level"');
  expect((await look(stack, CLINIC, made.id))?.basisStands).toBe(false);
});

test('case 27: lists and counts say nothing of reports to who asks for another purpose, and take no other side’s filter', async () => {
  const counts =
    'query { referralCounts(box: OUTBOX) { state count } referrals(box: OUTBOX, filter: { kind: MANDATORY_REPORT }) { edges { node { id } } } }';
  const before = await as(stack, COUNSELLOR, { query: counts });
  await create(
    stack,
    COUNSELLOR,
    {
      kind: 'MANDATORY_REPORT',
      personId,
      target: { organisation: 'police-station-390106001' },
      reasonCode: 'BULLYING',
    },
    'MANDATORY_REPORTING',
  );
  expect((await as(stack, COUNSELLOR, { query: counts })).data).toEqual(before.data);
  const asReport = await as(stack, COUNSELLOR, { query: counts, purpose: 'MANDATORY_REPORTING' });
  expect(asReport.data.referrals.edges).toHaveLength(1);
  const foreign = await as(stack, { client: 'justice-system' }, { query: counts });
  expect(foreign.data.referralCounts.every(({ count }: { count: number }) => count === 0)).toBe(true);
});

test('case 16: without its scope no move is made, and the feed is closed', async () => {
  const token = await stack.signIn.tokenFor('health-system', { scope: 'referral:read' });
  const input = {
    idempotencyKey: nextKey(),
    kind: 'SERVICE',
    personId,
    target: { organisation: CLINIC_ID },
    reasonCode: 'MOOD',
  };
  const tried = await askHub(stack.gateway, {
    token,
    query: CREATE_REFERRAL,
    variables: { input },
    purpose: 'REFERRAL',
  });
  expect(tried.errors[0]?.extensions.code).toBe('FORBIDDEN_FIELD');
  expectNothingInside(tried);
  const bare = await stack.signIn.tokenFor('health-system');
  const feed = await askHub(stack.gateway, { token: bare, query: REFERRAL_CHANGES, purpose: 'REFERRAL' });
  expect([feed.data.referralChanges, feed.errors[0]?.extensions.code]).toEqual([null, 'FORBIDDEN_FIELD']);
});

test('case 66: the feed says nothing about the person', async () => {
  const { data } = await as(stack, { client: 'health-system' }, { query: REFERRAL_CHANGES });
  const text = JSON.stringify(data);
  expect(data.referralChanges.edges.length).toBeGreaterThan(0);
  expect(text).not.toContain(personId);
  expect(text).not.toContain(storyOf(stack.world, 'pupil-in-crisis').person.name);
  expect(text).not.toContain('MOOD');
});
