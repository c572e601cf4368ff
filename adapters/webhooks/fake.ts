/** Receivers of webhooks in memory, for tests of what stands on the port. */
import { addressRules } from './address-rules.ts';
import { endpointUrl } from './endpoint-url.ts';
import type { WebhookAnswer, WebhookMessage, WebhookSender } from './port.ts';

type Behaviour = (message: WebhookMessage) => WebhookAnswer | Promise<WebhookAnswer>;

export interface FakeReceivers extends WebhookSender {
  /** From now on the receiver at this address behaves so; where nothing is, nothing is reached. */
  at(url: string, behaviour: Behaviour): void;
  /** What arrived there, in the order of arrival. */
  received(url: string): readonly WebhookMessage[];
}

export const answered = (status: number, more: { body?: string; retryAfterMs?: number } = {}): WebhookAnswer => ({
  kind: 'ANSWERED',
  status,
  retryAfterMs: more.retryAfterMs ?? null,
  body: more.body ?? '',
});

export function fakeReceivers(): FakeReceivers {
  const behaviours = new Map<string, Behaviour>();
  const arrived: WebhookMessage[] = [];
  return {
    at: (url, behaviour) => void behaviours.set(url, behaviour),
    received: (wanted) => arrived.filter(({ url }) => url === wanted),
    endpointUrl: (text) => endpointUrl(text, { addresses: addressRules(), allowHttp: false }),
    send: async (message) => {
      const behaviour = behaviours.get(message.url);
      if (behaviour === undefined) return { kind: 'UNREACHABLE' };
      arrived.push(message);
      return behaviour(message);
    },
    close: async () => {},
  };
}
