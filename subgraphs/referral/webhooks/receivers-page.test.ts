import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import type { WebhookMessage } from '../../../adapters/webhooks/port.ts';
import { signedMessage } from './signed-message.ts';

const PAGE = new URL('../../../docs/webhooks.md', import.meta.url);
const secretOf = (fill: number) => `whsec_${Buffer.alloc(32, fill).toString('base64')}`;

/** The code that docs/webhooks.md gives to receivers, as it stands there. */
async function codeOfThePage() {
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync(PAGE, 'utf8')) ?? [];
  const loaded: unknown = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const { isGenuine } = z.object({ isGenuine: z.custom<(message: object, now: number) => unknown>() }).parse(loaded);
  return isGenuine;
}

const now = Date.UTC(2026, 2, 2);
const made = (...fills: number[]): WebhookMessage =>
  signedMessage({ url: '', id: 'msg_1', body: '{"a":"心桥"}', secrets: fills.map(secretOf), now });
const withHeaders = (headers: Record<string, string | undefined>) => {
  const message = made(1);
  return { ...message, headers: { ...message.headers, ...headers } };
};

test.each<[string, object, number, boolean]>([
  ['as it was sent', made(1), 0, true],
  ['signed by the new secret and the old one', made(2, 1), 0, true],
  ['four minutes late', made(1), 240_000, true],
  ['six minutes late', made(1), 360_000, false],
  ['from the future', made(1), -360_000, false],
  ['of another secret', made(2), 0, false],
  ['with a body that was changed', { ...made(1), body: '{}' }, 0, false],
  ['with another id', withHeaders({ 'webhook-id': 'msg_2' }), 0, false],
  ['without an id', withHeaders({ 'webhook-id': undefined }), 0, false],
  ['without a time', withHeaders({ 'webhook-timestamp': undefined }), 0, false],
  ['with a time that is none', withHeaders({ 'webhook-timestamp': 'NaN' }), 0, false],
  ['without a signature', withHeaders({ 'webhook-signature': undefined }), 0, false],
  ['with a signature of another version', withHeaders({ 'webhook-signature': 'v2,xx' }), 0, false],
])('case 59: by the code of the page a message %s is judged rightly', async (_, message, laterMs, genuine) => {
  const isGenuine = await codeOfThePage();
  expect(isGenuine({ ...message, secret: secretOf(1) }, now + laterMs)).toBe(genuine);
});

test('case 59: marks are compared in constant time, by the code of the page and where the hub itself compares', () => {
  const page = readFileSync(PAGE, 'utf8');
  const seal = readFileSync(new URL('../../shared/sealed-claims.ts', import.meta.url), 'utf8');
  for (const code of [page, seal]) expect(code).toMatch(/\.length === \w+\.length && timingSafeEqual\(/);
});
