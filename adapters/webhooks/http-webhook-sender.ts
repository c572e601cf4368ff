import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { retryAfterMs } from '../shared/door-answer.ts';
import { type AddressRange, addressRules } from './address-rules.ts';
import { AddressRefused, checkedLookup, type Resolve } from './checked-lookup.ts';
import { endpointUrl, hostOf } from './endpoint-url.ts';
import type { WebhookAnswer, WebhookMessage, WebhookSender } from './port.ts';

interface SenderOptions {
  readonly allowedRanges?: readonly AddressRange[];
  readonly allowHttp?: boolean;
  /** From the look-up of the name to the end of what is read of the answer. */
  readonly timeoutMs?: number;
  readonly maxAnswerBytes?: number;
  /** In place of the system's. */
  readonly resolve?: Resolve;
}

/** A connection that is not used for so long is closed. */
const IDLE_MS = 5_000;

/**
 * Sends over HTTPS to public addresses and to the ranges that the operator allows, and to nothing else, wherever a name
 * leads at the moment of connecting. A redirect is an answer like any other.
 */
export function httpWebhookSender({
  allowedRanges = [],
  allowHttp = false,
  timeoutMs = 10_000,
  maxAnswerBytes = 4_096,
  resolve,
}: SenderOptions = {}): WebhookSender {
  const addresses = addressRules(allowedRanges);
  const lookup = checkedLookup(addresses, resolve);
  const agents = {
    'http:': new HttpAgent({ keepAlive: true, timeout: IDLE_MS, maxFreeSockets: 64 }),
    'https:': new HttpsAgent({ keepAlive: true, timeout: IDLE_MS, maxFreeSockets: 64 }),
  };

  let closed = false;

  async function send(message: WebhookMessage): Promise<WebhookAnswer> {
    if (closed) return { kind: 'UNREACHABLE' };
    const checked = endpointUrl(message.url, { addresses, allowHttp });
    // Settings may have changed since it was registered. A literal address makes no look-up, so this is its only check.
    if (checked.fault !== null) return { kind: 'ADDRESS_REFUSED' };
    const signal = AbortSignal.timeout(timeoutMs);
    const first = await tryOnce({ ...message, url: checked.url }, signal);
    if (first !== 'STALE') return first;
    return closed ? { kind: 'UNREACHABLE' } : failureOnce(await tryOnce({ ...message, url: checked.url }, signal));
  }

  async function tryOnce({ url: href, headers, body }: WebhookMessage, signal: AbortSignal) {
    const url = new URL(href);
    const secure = url.protocol === 'https:';
    const options = {
      method: 'POST',
      agent: agents[secure ? 'https:' : 'http:'],
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      signal,
      ...(isIP(hostOf(url)) === 0 && { lookup }),
    };
    return answerTo(secure ? httpsRequest(url, options) : httpRequest(url, options), { body, maxAnswerBytes, signal });
  }

  return {
    endpointUrl: (text) => endpointUrl(text, { addresses, allowHttp }),
    send,
    close: async () => {
      closed = true;
      Object.values(agents).forEach((agent) => agent.destroy());
    },
  };
}

/** `STALE`: a kept connection was closed by the other side before the message was on it; a new one may do. */
type Tried = WebhookAnswer | 'STALE';

function failureOnce(tried: Tried): WebhookAnswer {
  return tried === 'STALE' ? { kind: 'UNREACHABLE' } : tried;
}

async function answerTo(
  request: ClientRequest,
  { body, maxAnswerBytes, signal }: { body: string; maxAnswerBytes: number; signal: AbortSignal },
): Promise<Tried> {
  return new Promise((settle) => {
    let responded = false;
    request.once('response', (response) => {
      responded = true;
      void beginningOf(response, maxAnswerBytes).then((text) => {
        settle({
          kind: 'ANSWERED',
          status: response.statusCode ?? 0,
          retryAfterMs: retryAfterMs(response.headers['retry-after'] ?? null),
          body: text,
        });
      });
    });
    // Stays for what comes after the first: an error without a listener ends the process.
    request.on('error', (error) => {
      if (!responded) settle(failureOf(error, { request, signal }));
    });
    // Without an error where the other side switches protocols.
    request.once('close', () => {
      if (!responded) settle({ kind: signal.aborted ? 'TIMEOUT' : 'UNREACHABLE' });
    });
    request.end(body);
  });
}

function failureOf(error: Error, { request, signal }: { request: ClientRequest; signal: AbortSignal }): Tried {
  if (signal.aborted) return { kind: 'TIMEOUT' };
  if (error instanceof AddressRefused) return { kind: 'ADDRESS_REFUSED' };
  const code = 'code' in error ? error.code : undefined;
  return request.reusedSocket && code === 'ECONNRESET' ? 'STALE' : { kind: 'UNREACHABLE' };
}

/** Resolves with as much as may be read; the status stands, whatever becomes of the rest. */
async function beginningOf(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      const bytes = Buffer.from(chunk);
      chunks.push(bytes);
      size += bytes.length;
      // Leaving the loop destroys the response, and so its connection.
      if (size > maxBytes) break;
    }
  } catch {
    // Broken off, or the time is over: the receiver has said its word by the status.
  }
  return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
}
