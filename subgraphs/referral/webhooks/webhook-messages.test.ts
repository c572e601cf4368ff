import { createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { answered } from '../../../adapters/webhooks/fake.ts';
import type { WebhookMessage } from '../../../adapters/webhooks/port.ts';
import { rotateWebhookSecret } from './move-webhook.ts';
import { hub, verified } from './webhooks.fixture.ts';

const [MINUTE, DAY] = [60_000, 86_400_000];
const A = 'https://a.example/hook';
const B = 'https://b.example/hook';

test('case 66: a message holds ids, state and version, and nothing else', async () => {
  const { endpoint, create, instance, messages } = hub();
  await endpoint(A);
  await create('r1');
  await instance().run();
  expect(JSON.parse(messages(A)[0]?.body ?? '')).toEqual({
    type: 'referral.changed',
    timestamp: '2026-03-02T01:00:00.000Z',
    data: { referralId: 'r1', change: 'CREATE', state: 'REQUESTED', version: 1 },
  });
});

test('case 59: a message is signed as Standard Webhooks says; the secret of another, a change or a missing signature do not pass', async () => {
  const { endpoint, create, instance, messages } = hub();
  const [one, other] = [await endpoint(A), await endpoint(B)];
  await create('r1');
  await instance().run();
  const [message] = messages(A);
  if (message === undefined) throw new Error('nothing came');
  expect(verified(one.secret, message)).toMatchObject({ data: { referralId: 'r1' } });
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = message.headers;
  const key = Buffer.from(one.secret.replace('whsec_', ''), 'base64');
  expect(key).toHaveLength(32);
  expect(signature).toBe(`v1,${createHmac('sha256', key).update(`${id}.${at}.${message.body}`).digest('base64')}`);
  const wrong: readonly WebhookMessage[] = [
    { ...message, body: message.body.replace('r1', 'r2') },
    { ...message, headers: { ...message.headers, 'webhook-id': 'msg_other' } },
    { ...message, headers: { ...message.headers, 'webhook-timestamp': String(Number(at) + 1) } },
    { ...message, headers: { ...message.headers, 'webhook-signature': '' } },
  ];
  for (const forged of wrong) expect(() => verified(one.secret, forged)).toThrow();
  expect(() => verified(other.secret, message)).toThrow();
});

test('case 59: an old message does not pass: the time of the try is signed', async () => {
  const { endpoint, create, instance, messages, move } = hub();
  const { secret } = await endpoint(A);
  move(-6 * MINUTE);
  await create('r1');
  await instance().run();
  expect(() => verified(secret, messages(A)[0] ?? { url: '', headers: {}, body: '' })).toThrow('too old');
});

test('case 60: what is sent again has the id it had, the time of this try and a signature of its own', async () => {
  const { endpoint, create, instance, messages, move, answers } = hub();
  const { secret } = await endpoint(A, () => answered(500));
  await create('r1');
  const deliveries = instance();
  await deliveries.run();
  answers(A, () => answered(200));
  move(6_000);
  await deliveries.run();
  const [first, second] = messages(A).map((message) => message);
  expect(messages(A)).toHaveLength(2);
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  expect(second?.headers['webhook-id']).toMatch(/^msg_[0-9a-f]{32}$/);
  expect(second?.body).toBe(first?.body);
  expect(second?.headers['webhook-timestamp']).not.toBe(first?.headers['webhook-timestamp']);
  if (second !== undefined) verified(secret, second);
  await deliveries.run();
  expect(messages(A)).toHaveLength(2);
});

test('case 60: what was delivered and could not be noted is delivered again with the same id, and then no more', async () => {
  let refusing = false;
  const { endpoint, create, instance, messages, move, answers } = hub({
    store: (store) => ({
      ...store,
      save: async (...change) => (refusing ? Promise.reject(new Error('killed')) : store.save(...change)),
    }),
  });
  await endpoint(A);
  answers(A, () => {
    refusing = messages(A).length === 1;
    return answered(200);
  });
  await create('r1');
  await instance().run();
  refusing = false;
  await instance().run();
  expect(messages(A)).toHaveLength(1);
  // The lease of the one that died has run out.
  move(120_000);
  await instance().run();
  await instance().run();
  expect(new Set(messages(A).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(messages(A)).toHaveLength(2);
});

test('for a day after a rotation the secret before signs as well', async () => {
  const { endpoint, create, instance, messages, move, workOf } = hub();
  const { id, secret: old } = await endpoint(A);
  const deliveries = instance();
  const rotation = await rotateWebhookSecret(workOf(), { webhookId: id, idempotencyKey: 'k' });
  const again = await rotateWebhookSecret(workOf(), { webhookId: id, idempotencyKey: 'k' });
  const fresh = rotation.refusal === null ? (rotation.secret ?? '') : '';
  expect(again).toMatchObject({ secret: fresh });
  expect(fresh).not.toBe(old);
  await create('r1');
  await deliveries.run();
  const [first] = messages(A);
  if (first === undefined) throw new Error('nothing came');
  expect(verified(old, first)).toEqual(verified(fresh, first));
  move(DAY + 1);
  await create('r2');
  await deliveries.run();
  expect(messages(A)[1]?.headers['webhook-signature']).toMatch(/^v1,[^ ]+$/);
});
