/** A hub with receivers in memory and a clock that tests move. */
import { Webhook } from 'standardwebhooks';
import { openSqliteStore } from '../../../adapters/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../adapters/store/port.ts';
import { testVault } from '../../../adapters/vault/vault.fixture.ts';
import { answered, fakeReceivers } from '../../../adapters/webhooks/fake.ts';
import type { WebhookAnswer, WebhookMessage } from '../../../adapters/webhooks/port.ts';
import type { Caller } from '../../shared/caller.ts';
import { silentLog } from '../../shared/log.ts';
import { callerOf, changed } from '../changes/changes.fixture.ts';
import { referralChangeRelay } from '../changes/referral-change-relay.ts';
import { registerWebhook } from './register-webhook.ts';
import { verifyWebhook } from './verify-webhook.ts';
import { webhookDeliveries } from './webhook-deliveries.ts';
import type { WebhookWork } from './webhook-work.ts';

const never = () => () => {};

/** All of them are told of a referral from the school to the clinic; each may have ten endpoints. */
const OWNERS: readonly Partial<Caller>[] = [
  {},
  { organisation: 'clinic', roles: [] },
  { department: 'EDUCATION', client: 'education-system' },
  { department: 'EDUCATION', client: 'school', organisation: 'school', roles: [] },
];

interface Body {
  readonly type: string;
  readonly data: { readonly referralId?: string; readonly challenge?: string };
}
export const bodyOf = ({ body }: WebhookMessage): Body => JSON.parse(body) as Body;

export function hub({ store: given }: { store?: (store: Store) => Store } = {}) {
  // The library that receivers verify with knows no other clock than that of the machine.
  const start = Date.now();
  let now = start;
  let ids = 0;
  let endpoints = 0;
  const clock = () => now;
  const base = openSqliteStore({ file: ':memory:', clock });
  const store = given?.(base) ?? base;
  const receivers = fakeReceivers();
  const vault = testVault(base);
  const newId = () => `id-${(ids += 1)}`;
  const relay = referralChangeRelay({ store: base, log: silentLog, every: never });
  const instance = (options: { atOnce?: number; troubledAtOnce?: number } = {}) =>
    webhookDeliveries({
      store,
      vault,
      sender: receivers,
      now: clock,
      random: () => 0.5,
      newId,
      log: silentLog,
      every: never,
      ...options,
    });
  const workOf = (differs: Partial<Caller> = {}): WebhookWork => ({
    store: base,
    vault,
    sender: receivers,
    now: clock,
    newId,
    caller: callerOf(differs),
    by: { request: 'r', actor: null, purpose: 'REFERRAL' },
  });

  /** What happens at an address that knows how to answer a challenge. */
  function answers(url: string, answer: (message: WebhookMessage) => WebhookAnswer | Promise<WebhookAnswer>): void {
    receivers.at(url, (message) => {
      const { challenge } = bodyOf(message).data;
      return challenge === undefined ? answer(message) : answered(200, { body: JSON.stringify({ challenge }) });
    });
  }

  async function endpoint(
    url: string,
    answer: Parameters<typeof answers>[1] = () => answered(204),
    differs: Partial<Caller> = OWNERS[Math.floor((endpoints += 1) / 11)] ?? {},
  ) {
    answers(url, answer);
    const work = workOf(differs);
    const registered = await registerWebhook(work, { url, idempotencyKey: url });
    const id = registered.webhook?.id ?? '';
    await verifyWebhook(work, id);
    return { id, url, secret: registered.refusal === null ? (registered.secret ?? '') : '' };
  }

  return {
    store: base,
    receivers,
    vault,
    instance,
    workOf,
    answers,
    endpoint,
    /** What has arrived there besides the challenge, by referral. */
    arrived: (url: string) => receivers.received(url).flatMap((message) => bodyOf(message).data.referralId ?? []),
    messages: (url: string) => receivers.received(url).filter((message) => bodyOf(message).type === 'referral.changed'),
    /** New referrals, told to the feeds. */
    create: async (...referrals: readonly string[]) => {
      for (const id of referrals) await changed(base, id);
      await relay.run();
    },
    move: (milliseconds: number) => void (now += milliseconds),
    now: clock,
  };
}

/** As a receiver does it with the library of Standard Webhooks; throws for what is not genuine. */
export function verified(secret: string, { headers, body }: WebhookMessage): unknown {
  return new Webhook(secret).verify(body, headers);
}

/** Lets everything go on that does not wait for something else than its turn. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let turns = 0; !isSo(); turns += 1) {
    if (turns > 10_000) throw new Error('it does not come to that');
    await new Promise<void>((resolve) => void setImmediate(resolve));
  }
}
