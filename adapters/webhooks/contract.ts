import { afterEach, describe, expect, test } from '@jest/globals';
import type { WebhookSender } from './port.ts';

export interface SenderUnderTest {
  readonly sender: WebhookSender;
  /** A receiver that gives this answer to everything, and what has arrived there. */
  readonly receiver: (answer: { status: number; body?: string; retryAfterSeconds?: number }) => Promise<{
    readonly url: string;
    readonly arrived: () => readonly { readonly id: string | undefined; readonly body: string }[];
  }>;
  /** An address at which nobody is. */
  readonly nowhere: string;
  readonly close: () => Promise<void>;
}

/** What every sender of webhooks does. */
export function describeSender(name: string, open: () => Promise<SenderUnderTest>): void {
  describe(`${name}:`, () => {
    let opened: SenderUnderTest | null = null;
    const start = async () => (opened = await open());
    afterEach(async () => {
      await opened?.close();
    });
    const message = (url: string) => ({ url, headers: { 'webhook-id': 'msg_1' }, body: '{"name":"心桥"}' });

    test('a message arrives as it was made', async () => {
      const { sender, receiver } = await start();
      const { url, arrived } = await receiver({ status: 200, body: 'thanks' });
      expect(await sender.send(message(url))).toEqual({
        kind: 'ANSWERED',
        status: 200,
        retryAfterMs: null,
        body: 'thanks',
      });
      expect(arrived()).toEqual([{ id: 'msg_1', body: '{"name":"心桥"}' }]);
    });

    test.each([204, 302, 404, 410, 500])('61: an answer of %i is an answer, once', async (status) => {
      const { sender, receiver } = await start();
      const { url, arrived } = await receiver({ status });
      expect(await sender.send(message(url))).toMatchObject({ kind: 'ANSWERED', status });
      expect(arrived()).toHaveLength(1);
    });

    test('61: a receiver may ask for time', async () => {
      const { sender, receiver } = await start();
      const { url } = await receiver({ status: 503, retryAfterSeconds: 7 });
      expect(await sender.send(message(url))).toMatchObject({ status: 503, retryAfterMs: 7_000 });
    });

    test('61: where nobody is, nobody is reached', async () => {
      const { sender, nowhere } = await start();
      expect(await sender.send(message(nowhere))).toEqual({ kind: 'UNREACHABLE' });
    });

    test.each([
      ['https://10.0.0.8/', 'ADDRESS_REFUSED'],
      ['https://0xa9fea9fe/', 'ADDRESS_REFUSED'],
      ['https://hooks.example:22/', 'PORT_REFUSED'],
      ['https://me@hooks.example/', 'CREDENTIALS'],
      ['x', 'NOT_A_URL'],
    ])('58: %s is no endpoint: %s', async (text, fault) => {
      const { sender } = await start();
      expect(sender.endpointUrl(text)).toEqual({ fault });
    });

    test('an endpoint has one spelling', async () => {
      const { sender } = await start();
      expect(sender.endpointUrl('HTTPS://Hooks.Example:443')).toEqual({ url: 'https://hooks.example/', fault: null });
    });
  });
}
