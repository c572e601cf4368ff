import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Fault } from './department-system.ts';
import { SLOW_ANSWER_MS, type FaultSwitch } from './fault-switch.ts';

export interface FaultOptions {
  /** What the real answers declare; `garbage` and `cut-off` declare the same. */
  readonly contentType?: string;
  readonly slowMs?: number;
  /** How a real answer begins; all that comes while `cut-off` is on. */
  readonly bodyStart?: string;
}
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Puts a fault switch in front of a plain `node:http` handler:
 * `createServer(serveWithFaults(handler, faults, { contentType: 'application/json' }))`. While a fault is on the handler
 * is not called, except by `slow`, which calls it late. `down` resets every connection at its first request.
 */
export function serveWithFaults(
  handler: RequestListener,
  faults: FaultSwitch,
  { contentType = JSON_TYPE, slowMs = SLOW_ANSWER_MS, bodyStart = '{"items":[{"id":"' }: FaultOptions = {},
): RequestListener {
  const answers: Record<Fault, Answer> = {
    slow: (request, response) => answerLate(() => handler(request, response), { response, slowMs }),
    hang: () => undefined,
    'too-many-requests': (_, response) =>
      answer(response, 429, { 'content-type': 'text/plain', 'retry-after': '1' }, 'too many requests'),
    'error-500': (_, response) =>
      answer(response, 500, { 'content-type': 'text/plain' }, 'java.lang.NullPointerException at com.example.Dao:117'),
    'html-200': (_, response) => answer(response, 200, { 'content-type': HTML }, page('系统错误，请联系管理员')),
    'cut-off': (_, response) => cutOff(response, { contentType, bodyStart }),
    garbage: (_, response) => answer(response, 200, { 'content-type': contentType }, NONSENSE),
    down: (request) => request.socket.resetAndDestroy(),
    maintenance: (_, response) =>
      answer(response, 503, { 'content-type': HTML, 'retry-after': '1800' }, page('系统维护中，请于 06:00 后访问')),
  };
  return (request, response) => {
    const fault = faults.current();
    if (fault === null) handler(request, response);
    else answers[fault](request, response);
  };
}

const JSON_TYPE = 'application/json; charset=utf-8';
const HTML = 'text/html; charset=utf-8';
const page = (text: string) => `<!DOCTYPE html><html><body><h1>${text}</h1></body></html>`;
/** Bytes that are neither UTF-8 nor GBK nor any format that a department speaks. */
const NONSENSE = Buffer.from([0x00, 0xff, 0xfe, 0x80, 0x7b, 0x3c, 0xc0, 0x81, 0xff, 0x22, 0x5d, 0x00]);

function answer(response: ServerResponse, status: number, headers: Record<string, string>, body: string | Buffer) {
  response.writeHead(status, headers).end(body);
}

function answerLate(serve: () => void, { response, slowMs }: { response: ServerResponse; slowMs: number }) {
  const timer = setTimeout(serve, slowMs);
  response.once('close', () => clearTimeout(timer));
}

/** Declares more bytes than it sends, then drops the connection. */
function cutOff(response: ServerResponse, { contentType, bodyStart }: { contentType: string; bodyStart: string }) {
  response.writeHead(200, { 'content-type': contentType, 'content-length': '4096' });
  response.write(bodyStart, () => response.socket?.destroy());
}
