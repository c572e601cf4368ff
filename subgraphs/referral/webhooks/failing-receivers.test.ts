import { expect, test } from '@jest/globals';
import { answered } from '../../../adapters/webhooks/fake.ts';
import type { WebhookAnswer } from '../../../adapters/webhooks/port.ts';
import { MAX_RETRYING } from './delivery-state.ts';
import { deadLetters, replayDeadLetters } from './replay-dead-letters.ts';
import { webhooks } from './webhook.ts';
import { bodyOf, hub, until } from './webhooks.fixture.ts';

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const A = 'https://a.example/hook';
const B = 'https://b.example/hook';
const names = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
const hangs = async () => new Promise<WebhookAnswer>(() => {});

test('case 61: receivers that hang, fail or are gone hold up nobody else', async () => {
  const { endpoint, create, instance, arrived } = hub();
  for (let i = 0; i < 10; i += 1) await endpoint(`https://hangs${i}.example/`, hangs);
  await endpoint('https://fails.example/', () => answered(500));
  await endpoint('https://gone.example/', () => ({ kind: 'UNREACHABLE' }));
  const well = names('https://well', 5).map((name) => `${name}.example/`);
  for (const url of well) await endpoint(url);
  await create(...names('r', 40));
  void instance().run();
  await until(() => well.every((url) => arrived(url).length === 40));
  expect(arrived('https://hangs0.example/')).toEqual(['r0']);
});

test('case 61: many that hang from one moment to the next hold up the others no longer than their deadline', async () => {
  const { endpoint, create, instance, arrived, answers } = hub();
  const hanging = names('https://hangs', 8).map((name) => `${name}.example/`);
  for (const url of hanging) await endpoint(url, () => answered(500));
  const deliveries = instance({ atOnce: 1, troubledAtOnce: 2 });
  await create('r0');
  await deliveries.run();
  // Known as troubled now. All of them hang at what comes next, in places of their own.
  for (const url of hanging) answers(url, hangs);
  await endpoint(A);
  await create(...names('s', 20));
  void deliveries.run();
  await until(() => arrived(A).length === 20);
});

test('case 61: a receiver that answers 500 for a day gets everything once it is well, and others never wait for it', async () => {
  const { endpoint, create, instance, arrived, answers, move } = hub();
  await endpoint(A, () => answered(500));
  await endpoint(B);
  const deliveries = instance();
  const told: string[] = [];
  for (let quarter = 0; quarter < 96; quarter += 1) {
    await create(`r${quarter}`);
    told.push(`r${quarter}`);
    await deliveries.run();
    expect(arrived(B)).toEqual(told);
    move(15 * MINUTE);
  }
  // It was asked now and then, not with each of the 96.
  expect(arrived(A).length).toBeLessThan(40);
  const tried = arrived(A).length;
  answers(A, () => answered(200));
  for (let hour = 0; hour < 24; hour += 1) {
    await deliveries.run();
    move(HOUR);
  }
  expect(arrived(A).slice(tried).toSorted()).toEqual(told.toSorted());
});

test('case 61: a receiver that is back gets at once what waited, not when each message would have been tried next', async () => {
  const { endpoint, create, instance, arrived, answers, move } = hub();
  await endpoint(A, () => answered(503));
  const deliveries = instance();
  for (let i = 0; i < 10; i += 1) {
    await create(`r${i}`);
    await deliveries.run();
    move(HOUR);
  }
  const tried = arrived(A).length;
  answers(A, () => answered(200));
  for (let minutes = 0; arrived(A).length === tried && minutes < 24 * 60; minutes += 1) {
    move(MINUTE);
    await deliveries.run();
  }
  expect(arrived(A).slice(tried).toSorted()).toEqual(names('r', 10));
});

test('case 61: one message that a receiver never takes holds up no other; after three days it is a dead letter and can be replayed', async () => {
  const { endpoint, create, instance, arrived, answers, move, workOf, messages } = hub();
  const { id } = await endpoint(A, (message) => answered(bodyOf(message).data.referralId === 'bad' ? 422 : 200));
  const deliveries = instance();
  await create('good', 'bad', 'better');
  for (let hour = 0; hour < 80; hour += 1) {
    await deliveries.run();
    move(HOUR);
  }
  expect(arrived(A).filter((one) => one !== 'bad')).toEqual(['good', 'better']);
  const tries = arrived(A).length - 2;
  expect(tries).toBeGreaterThan(6);
  const list = await deadLetters(workOf(), { webhookId: id, first: 10 });
  expect(list?.items.map(({ data }) => data)).toMatchObject([
    { eventId: 'bad/1', attempts: tries, reason: 'HTTP_422' },
  ]);
  await deliveries.run();
  expect(arrived(A)).toHaveLength(tries + 2);

  answers(A, () => answered(200));
  expect(await replayDeadLetters(workOf(), id)).toMatchObject({ replayed: 1, more: false, refusal: null });
  expect(await replayDeadLetters(workOf(), id)).toMatchObject({ replayed: 0, more: false });
  await deliveries.run();
  await deliveries.run();
  expect(arrived(A)).toHaveLength(tries + 3);
  expect(new Set(messages(A).map(({ headers }) => headers['webhook-id'])).size).toBe(3);
  expect((await deadLetters(workOf(), { webhookId: id, first: 10 }))?.items).toEqual([]);
});

test('case 61: while there is no room for one more that fails, an endpoint goes no further; nothing is lost by it', async () => {
  const { endpoint, create, instance, arrived, answers, move, store } = hub();
  // Every other one fails, so that the receiver never counts as down.
  const { id } = await endpoint(A, (message) =>
    answered(Number(bodyOf(message).data.referralId?.slice(1)) % 2 === 0 ? 200 : 500),
  );
  const deliveries = instance();
  await create(...names('r', 500));
  for (let minute = 0; minute < 3; minute += 1) {
    await deliveries.run();
    move(1_000);
  }
  const full = await store.load(webhooks, id);
  expect(full?.data.retrying.length).toBe(MAX_RETRYING);
  expect(full?.data.cursor).toBeLessThan(210);
  const tried = arrived(A).length;
  answers(A, () => answered(200));
  move(DAY);
  await deliveries.run();
  const odd = names('r', full?.data.cursor ?? 0).filter((_, i) => i % 2 === 1);
  const rest = names('r', 500).slice(full?.data.cursor);
  expect(arrived(A).slice(tried).toSorted()).toEqual([...odd, ...rest].toSorted());
});
