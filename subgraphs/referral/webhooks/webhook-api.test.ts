import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { answered } from '../../../adapters/webhooks/fake.ts';
import { at, type Hub, referralHub } from '../referral.fixture.ts';
import { bodyOf, verified } from './webhooks.fixture.ts';

const A = 'https://hooks.example/referrals';
let hub: Hub;
beforeEach(async () => {
  hub = await referralHub();
});
afterEach(() => hub.close());

const system = at('health-commission', { client: 'health-system', roles: ['department-system'] });
const clinic = at('clinic');

const WEBHOOK = 'id url state pausedBecause verifiedAt lastDeliveryAt lastFailureAt lastFailureReason retrying behind';
async function change(field: string, type: string, input: object, as = system) {
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { webhook { ${WEBHOOK} } secret userErrors { code path } } }`;
  const { data, codes } = await hub.ask(query, { input }, as);
  expect(codes).toEqual([]);
  return data[field];
}

async function changes(as = system, variables: object = {}) {
  const query = `query ($first: NonNegativeInt, $after: String) { referralChanges(first: $first, after: $after) {
    edges { cursor node { id referralId kind change step state version at } } pageInfo { hasNextPage endCursor } } }`;
  const { data, codes } = await hub.ask(query, variables, as);
  return { page: data?.referralChanges ?? null, codes };
}

/** Everything that is due: into the feeds, then out. */
async function tell() {
  await hub.runJobs();
  await hub.runJobs();
}

/** The one endpoint, when it has come to that: a delivery under way is noted when the answer is there. */
async function listed(isSo: (webhook: { behind: number }) => boolean, tries = 100): Promise<object> {
  const { data } = await hub.ask(`{ webhooks { ${WEBHOOK} } }`, {}, system);
  const [webhook] = data.webhooks;
  return isSo(webhook) || tries === 0 ? webhook : listed(isSo, tries - 1);
}

test('a department is told of a referral by its feed and by its webhook, under one id', async () => {
  const registered = await change('registerWebhook', 'RegisterWebhookInput', { url: A, idempotencyKey: 'k' });
  expect(registered).toMatchObject({ userErrors: [], webhook: { url: A, state: 'PENDING' } });
  hub.receivers.at(A, (message) =>
    answered(200, { body: JSON.stringify({ challenge: bodyOf(message).data.challenge }) }),
  );
  const { id } = registered.webhook;
  expect(await change('verifyWebhook', 'WebhookInput', { webhookId: id })).toMatchObject({
    webhook: { state: 'ACTIVE' },
    secret: null,
    userErrors: [],
  });
  const { referral } = await hub.create();
  await hub.move('acceptReferral', referral.id, clinic);
  await tell();
  const { page } = await changes();
  expect(page.edges.map(({ node }: { node: object }) => node)).toMatchObject([
    { referralId: referral.id, kind: 'SERVICE', change: 'CREATE', state: 'REQUESTED', version: 1 },
    { referralId: referral.id, change: 'ACCEPT', state: 'ACCEPTED', version: 2 },
  ]);
  const [, ...told] = hub.receivers.received(A);
  expect(told.map((message) => bodyOf(message).data)).toMatchObject([
    { referralId: referral.id, change: 'CREATE', version: 1 },
    { referralId: referral.id, change: 'ACCEPT', version: 2 },
  ]);
  expect(told.map(({ headers }) => headers['webhook-id'])).toEqual(
    page.edges.map(({ node }: { node: { id: string } }) => node.id),
  );
  expect(await listed(({ behind }) => behind === 0)).toMatchObject({ id, state: 'ACTIVE', retrying: 0, behind: 0 });
});

test('the feed leads to the referral as it is now, with the side that one is on; the office, no party, finds none', async () => {
  const { referral } = await hub.create();
  await hub.move('requestReferralInformation', referral.id, clinic, { text: '?' });
  await tell();
  const query = `{ referralChanges { edges { node { version referral { version subject { id } yourRoles } } } } }`;
  const sides = await Promise.all(
    [system, at('school-7')].map(async (as) => (await hub.ask(query, {}, as)).data.referralChanges.edges),
  );
  const now = (role: string, subject: object | null) =>
    [1, 2].map((version) => ({ node: { version, referral: { version: 2, subject, yourRoles: [role] } } }));
  expect(sides).toEqual([now('TARGET', null), now('REQUESTER', { id: 'ward' })]);
  hub.clock.now += 100 * 86_400_000;
  await tell();
  const office = at('leading-group-office', { roles: ['office'], purpose: 'STATISTICS' });
  const { data } = await hub.ask(query, {}, office);
  expect(data.referralChanges.edges).toMatchObject([{ node: { referral: null } }]);
});

test('case 66: neither feed nor webhook says whom a referral is about, or why', async () => {
  const registered = await change('registerWebhook', 'RegisterWebhookInput', { url: A, idempotencyKey: 'k' });
  hub.receivers.at(A, (message) =>
    answered(200, { body: JSON.stringify({ challenge: bodyOf(message).data.challenge }) }),
  );
  await change('verifyWebhook', 'WebhookInput', { webhookId: registered.webhook.id });
  await hub.create();
  await tell();
  const logs = await hub.store.logs('referral-feed:');
  const entries = await Promise.all(logs.map(async (log) => hub.store.readLog(log, { first: 10 })));
  const said = JSON.stringify([hub.receivers.received(A), entries, await changes()]);
  expect(entries.flat().length).toBeGreaterThan(2);
  for (const secret of ['ward', '情绪', 'MOOD', 'education:assessment', 'FROM_14_TO_17'])
    expect(said).not.toContain(secret);
});

test('cases 14 and 26: a third party is told of nothing; a worker of the clinic of what concerns the clinic', async () => {
  await hub.create();
  await tell();
  expect((await changes(clinic)).page.edges).toHaveLength(1);
  for (const stranger of [at('mediators'), at('police'), at('clinic', { division: '990202' })])
    expect((await changes(stranger)).page).toMatchObject({ edges: [], pageInfo: { hasNextPage: false } });
});

test('case 25: who reads on after losing a role is told that the cursor is of another feed', async () => {
  await hub.create();
  await tell();
  const { page } = await changes();
  const later = await changes(
    { ...system, caller: { ...system.caller, roles: [] } },
    { after: page.pageInfo.endCursor },
  );
  expect(later).toEqual({ page: null, codes: ['BAD_USER_INPUT'] });
});

test('dead letters of another are not there, and a cursor that is none is bad input', async () => {
  const { webhook } = await change('registerWebhook', 'RegisterWebhookInput', { url: A, idempotencyKey: 'k' });
  const query = `query ($id: ID!, $after: String) { webhookDeadLetters(webhookId: $id, after: $after) { edges { node { id } } } }`;
  expect((await hub.ask(query, { id: webhook.id }, system)).data.webhookDeadLetters).toEqual({ edges: [] });
  expect((await hub.ask(query, { id: webhook.id }, at('police'))).data.webhookDeadLetters).toBeNull();
  expect((await hub.ask(query, { id: webhook.id, after: 'x' }, system)).codes).toEqual(['BAD_USER_INPUT']);
  expect((await changes(system, { after: 'x' })).codes).toEqual(['BAD_USER_INPUT']);
});

test('case 58: the codes of the schema are those of the refusals', async () => {
  const refused = await change('registerWebhook', 'RegisterWebhookInput', {
    url: 'https://10.0.0.8/',
    idempotencyKey: 'k',
  });
  expect(refused).toMatchObject({
    webhook: null,
    secret: null,
    userErrors: [{ code: 'URL_ADDRESS_REFUSED', path: ['input', 'url'] }],
  });
  const rotated = await change('rotateWebhookSecret', 'RotateWebhookSecretInput', {
    webhookId: 'x',
    idempotencyKey: 'k',
  });
  expect(rotated.userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'webhookId'] }]);
});

test('case 59: the secret that a registration gives out verifies what is sent', async () => {
  const { secret, webhook } = await change('registerWebhook', 'RegisterWebhookInput', { url: A, idempotencyKey: 'k' });
  // The tests' clock stands elsewhere than the machine's, which is the only one that the library knows.
  hub.clock.now = Date.now();
  await change('verifyWebhook', 'WebhookInput', { webhookId: webhook.id });
  hub.receivers.at(A, () => answered(200));
  hub.clock.now += 10_000;
  await change('verifyWebhook', 'WebhookInput', { webhookId: webhook.id });
  const [challenge] = hub.receivers.received(A);
  if (challenge === undefined) throw new Error('no challenge came');
  expect(verified(secret, challenge)).toMatchObject({ type: 'webhook.verification' });
});
