import { describe, expect, test } from '@jest/globals';
import { answered } from '../../../adapters/webhooks/fake.ts';
import type { WebhookAnswer } from '../../../adapters/webhooks/port.ts';
import type { Caller } from '../../shared/caller.ts';
import { deleteWebhook, pauseWebhook, resumeWebhook, rotateWebhookSecret } from './move-webhook.ts';
import { registerWebhook } from './register-webhook.ts';
import { deadLetters, replayDeadLetters } from './replay-dead-letters.ts';
import { verifyWebhook } from './verify-webhook.ts';
import { webhooks } from './webhook.ts';
import { webhookUserErrors } from './webhook-refusal.ts';
import { ownWebhooks } from './webhook-work.ts';
import { bodyOf, hub, verified } from './webhooks.fixture.ts';

const A = 'https://a.example/hook';
const registration = { url: A, idempotencyKey: 'k' };

describe('registering', () => {
  test.each([
    ['not an address', 'URL_INVALID'],
    ['http://a.example/', 'URL_NOT_HTTPS'],
    ['https://me:secret@a.example/', 'URL_INVALID'],
    ['https://a.example:22/', 'URL_PORT_REFUSED'],
    ['https://0x7f.1/', 'URL_ADDRESS_REFUSED'],
    ['https://[::ffff:169.254.169.254]/', 'URL_ADDRESS_REFUSED'],
  ])('case 58: %s is refused: %s', async (url, code) => {
    const outcome = await registerWebhook(hub().workOf(), { url, idempotencyKey: 'k' });
    expect(outcome).toEqual({ webhook: null, refusal: { code, path: ['url'] } });
    expect(webhookUserErrors(outcome.refusal)).toEqual([
      { code, message: expect.stringMatching(/[一-龥].* \/ .*[a-z]/), path: ['input', 'url'] },
    ]);
  });

  test.each([
    ['the person', { personId: 'p', department: null }],
    ['who has no jurisdiction', { division: null }],
    ['who belongs to no organisation', { organisation: null, roles: [] }],
  ])('%s has no feed to be told of', async (_, differs) => {
    expect(await registerWebhook(hub().workOf(differs), registration)).toMatchObject({ refusal: { code: 'NO_FEED' } });
  });

  test('the same key gives the same endpoint and secret until it is verified, then the endpoint alone', async () => {
    const { workOf, answers } = hub();
    const first = await registerWebhook(workOf(), registration);
    const second = await registerWebhook(workOf(), registration);
    expect(second).toEqual(first);
    expect(first).toMatchObject({ secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/) });
    answers(A, () => answered(200));
    await verifyWebhook(workOf(), first.webhook?.id ?? '');
    expect(await registerWebhook(workOf(), registration)).toMatchObject({ secret: null, refusal: null });
  });

  test('a key serves one address, and one client', async () => {
    const { workOf } = hub();
    await registerWebhook(workOf(), registration);
    const other = await registerWebhook(workOf(), { ...registration, url: 'https://b.example/' });
    expect(other).toMatchObject({ refusal: { code: 'KEY_REUSED' } });
    expect(await registerWebhook(workOf({ client: 'another' }), registration)).toMatchObject({ refusal: null });
  });

  test('asked for at once with one key, it is one endpoint', async () => {
    const { workOf } = hub();
    const outcomes = await Promise.all(Array.from({ length: 20 }, async () => registerWebhook(workOf(), registration)));
    expect(new Set(outcomes.map(({ webhook }) => webhook?.id)).size).toBe(1);
    expect(await ownWebhooks(workOf())).toHaveLength(1);
  });

  test.each(['', ' ', 'k'.repeat(201)])('%j is no key', async (idempotencyKey) => {
    const outcome = await registerWebhook(hub().workOf(), { url: A, idempotencyKey });
    expect(outcome).toMatchObject({ refusal: { code: 'INVALID', path: ['idempotencyKey'] } });
  });

  test('a party has ten at most; one that is deleted makes room', async () => {
    const { workOf } = hub();
    const register = async (i: number) => registerWebhook(workOf(), { url: A, idempotencyKey: `k${i}` });
    for (let i = 0; i < 10; i += 1) await register(i);
    expect(await register(10)).toMatchObject({ refusal: { code: 'TOO_MANY' } });
    const [one] = await ownWebhooks(workOf());
    await deleteWebhook(workOf(), one?.id ?? '');
    expect(await register(10)).toMatchObject({ refusal: null });
  });

  test('no secret stands in the store', async () => {
    const { workOf, store } = hub();
    const { webhook, ...outcome } = await registerWebhook(workOf(), registration);
    const secret = 'secret' in outcome ? (outcome.secret ?? '') : '';
    const stored = JSON.stringify(await store.load(webhooks, webhook?.id ?? ''));
    expect(secret).not.toBe('');
    for (const part of [secret, secret.replace('whsec_', ''), secret.slice(6, 20)]) expect(stored).not.toContain(part);
  });
});

describe('verifying', () => {
  async function challenged(answer: (challenge: string) => WebhookAnswer) {
    const { workOf, receivers, create, instance, arrived, store } = hub();
    const registered = await registerWebhook(workOf(), registration);
    const id = registered.webhook?.id ?? '';
    receivers.at(A, (message) => answer(bodyOf(message).data.challenge ?? ''));
    const outcome = await verifyWebhook(workOf(), id);
    await create('r1');
    await instance().run();
    const state = (await store.load(webhooks, id))?.data.state;
    return { outcome, state, received: receivers.received(A), arrived: arrived(A), registered };
  }
  const echo = (challenge: string) => answered(200, { body: JSON.stringify({ challenge }) });

  test('case 59: the challenge is signed, and who gives it back is told of changes', async () => {
    const { outcome, state, received, arrived, registered } = await challenged(echo);
    expect([outcome.refusal, state, arrived]).toEqual([null, 'ACTIVE', ['r1']]);
    const secret = registered.refusal === null ? (registered.secret ?? '') : '';
    const [challenge] = received;
    if (challenge === undefined) throw new Error('no challenge came');
    expect(verified(secret, challenge)).toMatchObject({ type: 'webhook.verification' });
  });

  test.each<[string, (challenge: string) => WebhookAnswer, string]>([
    ['gives back another one', () => echo('x'), 'CHALLENGE_UNANSWERED'],
    ['says nothing', () => answered(200), 'CHALLENGE_UNANSWERED'],
    ['gives it back as text', (challenge) => answered(200, { body: challenge }), 'CHALLENGE_UNANSWERED'],
    [
      'gives it back with an error',
      (challenge) => answered(500, { body: JSON.stringify({ challenge }) }),
      'CHALLENGE_UNANSWERED',
    ],
    ['leads elsewhere', () => answered(302), 'CHALLENGE_UNANSWERED'],
    ['is not there', () => ({ kind: 'UNREACHABLE' }), 'RECEIVER_UNREACHABLE'],
    ['hangs', () => ({ kind: 'TIMEOUT' }), 'RECEIVER_UNREACHABLE'],
    ['is within the intranet', () => ({ kind: 'ADDRESS_REFUSED' }), 'RECEIVER_UNREACHABLE'],
  ])('case 58: a receiver that %s is told of nothing', async (_, answer, code) => {
    const { outcome, state, arrived } = await challenged(answer);
    expect(outcome).toMatchObject({ refusal: { code } });
    expect([state, arrived]).toEqual(['PENDING', []]);
  });

  test('case 58: the hub knocks at a door once in ten seconds, however often it is asked', async () => {
    const { workOf, receivers, move } = hub();
    const { webhook } = await registerWebhook(workOf(), registration);
    receivers.at(A, () => answered(404));
    const verify = async () => verifyWebhook(workOf(), webhook?.id ?? '');
    const outcomes = await Promise.all([verify(), verify(), verify()]);
    expect(outcomes.map(({ refusal }) => refusal?.code).toSorted()).toEqual([
      'CHALLENGE_UNANSWERED',
      'TOO_SOON',
      'TOO_SOON',
    ]);
    move(10_000);
    expect(await verify()).toMatchObject({ refusal: { code: 'CHALLENGE_UNANSWERED' } });
    expect(receivers.received(A)).toHaveLength(2);
  });

  test('an endpoint that is not verified cannot be resumed', async () => {
    const { workOf } = hub();
    const { webhook } = await registerWebhook(workOf(), registration);
    expect(await resumeWebhook(workOf(), webhook?.id ?? '')).toMatchObject({ refusal: { code: 'NOT_VERIFIED' } });
  });
});

const OTHERS: readonly [string, Partial<Caller>][] = [
  ['another department', { department: 'JUSTICE', client: 'justice-system' }],
  ['the same department in another district', { division: '990202' }],
  ['the same department in a town of it', { division: '990101001' }],
  ['a worker of the department', { roles: [] }],
  ['a person', { personId: 'p', department: null }],
];

test.each(OTHERS)('case 26: an endpoint is not there for %s', async (_, differs) => {
  const { workOf, endpoint } = hub();
  const { id } = await endpoint(A);
  const work = workOf(differs);
  const refusal = { code: 'NOT_FOUND', path: ['webhookId'] };
  expect(await verifyWebhook(work, id)).toMatchObject({ refusal });
  expect(await pauseWebhook(work, id)).toMatchObject({ refusal });
  expect(await resumeWebhook(work, id)).toMatchObject({ refusal });
  expect(await deleteWebhook(work, id)).toMatchObject({ refusal });
  expect(await rotateWebhookSecret(work, { webhookId: id, idempotencyKey: 'k' })).toMatchObject({ refusal });
  expect(await replayDeadLetters(work, id)).toMatchObject({ refusal });
  expect(await deadLetters(work, { webhookId: id, first: 1 })).toBeNull();
  expect(await ownWebhooks(work)).toEqual([]);
  expect((await ownWebhooks(workOf()))[0]?.data.state).toBe('ACTIVE');
});

test('a change of an endpoint leaves an audit record, once', async () => {
  const { workOf, endpoint, store } = hub();
  const { id } = await endpoint(A);
  await pauseWebhook(workOf(), id);
  await pauseWebhook(workOf(), id);
  await deleteWebhook(workOf(), id);
  const events = await store.claim({ type: 'AUDIT', leaseMs: 1_000, limit: 100 });
  expect(events.map(({ data }) => data)).toMatchObject(
    ['WEBHOOK_REGISTERED', 'WEBHOOK_VERIFIED', 'WEBHOOK_PAUSED', 'WEBHOOK_DELETED'].map((change) => ({
      change,
      personId: null,
    })),
  );
});
