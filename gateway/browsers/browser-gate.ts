import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BrowserHeaders } from './browser-headers.ts';
import { originRule } from './origin-rule.ts';

/** Answers a request itself (`true`), or leaves it to whoever the address belongs to. */
export type Gate = (request: IncomingMessage, response: ServerResponse) => boolean;

const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/**
 * Before every address of the hub: refuses pages of foreign origins (case 47), answers what browsers ask first, and marks
 * the answers for origins that are allowed. `loopbackOnly` refuses every other name in Host as well: where no token is asked
 * for, a page whose name was made to lead to this machine (DNS rebinding) would be of one origin with the hub.
 */
export function browserGate({
  origins,
  headers: { pages },
  loopbackOnly = false,
}: {
  origins: readonly string[];
  headers: BrowserHeaders;
  loopbackOnly?: boolean;
}): Gate {
  const ruleOf = originRule(origins);
  const refuse = (response: ServerResponse, status: number, message: string): true => {
    const body = `${JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] })}\n`;
    // What comes behind the headers is not read; it ends with the connection.
    response.writeHead(status, {
      ...pages,
      connection: 'close',
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
    return true;
  };
  return (request, response) => {
    const { host } = request.headers;
    // RFC 9112, 3.2; node:http would answer it without a word.
    if (host === undefined && request.httpVersion === '1.1') return refuse(response, 400, 'The request names no host.');
    if (loopbackOnly && !LOOPBACK_HOST.test(host ?? '127.0.0.1'))
      return refuse(response, 403, 'The hub is here for this machine only: ask it by 127.0.0.1 or localhost.');
    const answer = ruleOf(request);
    if (answer === null) return false;
    if (answer.kind === 'refused')
      return refuse(response, 403, 'Pages of this origin may not ask the hub; its operators allow them by name.');
    if (answer.kind === 'preflight') {
      response.writeHead(204, { ...pages, ...answer.headers });
      response.end();
      return true;
    }
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
    return false;
  };
}
