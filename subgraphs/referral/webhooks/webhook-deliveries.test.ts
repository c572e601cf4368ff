import { expect, test } from '@jest/globals';
import { answered } from '../../../adapters/webhooks/fake.ts';
import type { WebhookAnswer } from '../../../adapters/webhooks/port.ts';
import { changed, CLINIC } from '../changes/changes.fixture.ts';
import { deleteWebhook, pauseWebhook, resumeWebhook } from './move-webhook.ts';
import { webhooks } from './webhook.ts';
import { hub, until } from './webhooks.fixture.ts';

const [MINUTE, DAY] = [60_000, 86_400_000];
const A = 'https://a.example/hook';
const B = 'https://b.example/hook';
const names = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

test('case 26: an endpoint is told of what lies within the jurisdiction of who registered it', async () => {
  const { endpoint, store, create, instance, arrived } = hub();
  await endpoint(A, undefined, { division: '990101002' });
  await endpoint(B);
  await changed(store, 'town', { parties: [{ ...CLINIC, division: '990101002' }] });
  await create('district');
  await instance().run();
  expect([arrived(A), arrived(B)]).toEqual([['town'], ['town', 'district']]);
});

test('an endpoint is told of what comes after its registration, in one go and in order', async () => {
  const { endpoint, create, instance, arrived } = hub();
  await create('before');
  await endpoint(A);
  await create(...names('r', 70));
  await instance().run();
  expect(arrived(A).toSorted()).toEqual(names('r', 70).toSorted());
});

test('several instances deliver each message once', async () => {
  const { endpoint, create, instance, arrived } = hub();
  const urls = names('https://e', 6).map((name) => `${name}.example/`);
  for (const url of urls) await endpoint(url);
  const instances = [instance(), instance(), instance()];
  await create(...names('r', 60));
  await Promise.all(instances.map((one) => one.run()));
  await Promise.all(instances.map((one) => one.run()));
  for (const url of urls) expect(arrived(url).toSorted()).toEqual(names('r', 60).toSorted());
});

test('an instance that was slower than its lease says nothing about what another has delivered since', async () => {
  const { endpoint, create, instance, arrived, move, answers, store } = hub();
  let answer: (answer: WebhookAnswer) => void = () => {};
  const { id } = await endpoint(A, async () => new Promise((resolve) => void (answer = resolve)));
  await create('r1');
  const slow = instance().run();
  await until(() => arrived(A).length === 1);
  answers(A, () => answered(200));
  move(2 * MINUTE);
  await instance().run();
  answer({ kind: 'TIMEOUT' });
  await slow;
  expect(arrived(A)).toEqual(['r1', 'r1']);
  expect((await store.load(webhooks, id))?.data).toMatchObject({ retrying: [], failuresInARow: 0, cursor: 1 });
});

test('a receiver that says 410 is left alone until its owner resumes it', async () => {
  const { endpoint, create, instance, arrived, answers, move, workOf, store } = hub();
  const { id } = await endpoint(A, () => answered(410));
  const deliveries = instance();
  await create('r1', 'r2');
  await deliveries.run();
  move(DAY);
  await deliveries.run();
  expect((await store.load(webhooks, id))?.data).toMatchObject({ state: 'PAUSED', pausedBecause: 'GONE', lease: null });
  expect(arrived(A)).toEqual(['r1']);
  answers(A, () => answered(200));
  await resumeWebhook(workOf(), id);
  await deliveries.run();
  await deliveries.run();
  expect(arrived(A)).toEqual(['r1', 'r1', 'r2']);
});

test('a receiver that asks for time gets it', async () => {
  const { endpoint, create, instance, arrived, move } = hub();
  await endpoint(A, () => answered(429, { retryAfterMs: 20 * MINUTE }));
  const deliveries = instance();
  await create('r1');
  for (const wait of [0, 10 * MINUTE, 9 * MINUTE]) {
    move(wait);
    await deliveries.run();
    expect(arrived(A)).toHaveLength(1);
  }
  move(2 * MINUTE);
  await deliveries.run();
  expect(arrived(A)).toHaveLength(2);
});

test('a paused endpoint gets nothing, and what came meanwhile when it is resumed; a deleted one nothing any more', async () => {
  const { endpoint, create, instance, arrived, workOf } = hub();
  const { id } = await endpoint(A);
  const deliveries = instance();
  await pauseWebhook(workOf(), id);
  await create('r1');
  await deliveries.run();
  expect(arrived(A)).toEqual([]);
  await resumeWebhook(workOf(), id);
  await deliveries.run();
  expect(arrived(A)).toEqual(['r1']);
  await deleteWebhook(workOf(), id);
  await create('r2');
  await deliveries.run();
  expect(arrived(A)).toEqual(['r1']);
});

test('an instance that stops begins nothing more, and what it broke off is tried again', async () => {
  const { endpoint, create, instance, arrived, move, answers, receivers } = hub();
  const stopped: (() => void)[] = [];
  await endpoint(A, async () => new Promise((resolve) => void stopped.push(() => resolve({ kind: 'UNREACHABLE' }))));
  const stopping = instance();
  receivers.close = async () => stopped.forEach((stop) => stop());
  await create('r1', 'r2', 'r3');
  void stopping.run();
  await until(() => stopped.length === 1);
  await stopping.close();
  expect(arrived(A)).toEqual(['r1']);
  answers(A, () => answered(200));
  move(6_000);
  await instance().run();
  expect(arrived(A).toSorted()).toEqual(['r1', 'r1', 'r2', 'r3']);
});

test('how receivers stand and what is tried again is measured', async () => {
  const { endpoint, create, instance } = hub();
  await endpoint(A);
  await endpoint('https://b.example/hook', () => answered(500));
  const deliveries = instance();
  await create('r1');
  await deliveries.run();
  expect(await deliveries.measures()).toEqual([
    { name: 'xinqiao_webhook_endpoints', of: 'well', value: 1 },
    { name: 'xinqiao_webhook_endpoints', of: 'troubled', value: 1 },
    { name: 'xinqiao_webhook_endpoints', of: 'down', value: 0 },
    { name: 'xinqiao_webhook_retrying_messages', value: 1 },
  ]);
});
