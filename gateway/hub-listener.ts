import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Gate } from './browsers/browser-gate.ts';

/** How long a connection may take, in milliseconds; what is slower is closed (case 46). */
export interface ConnectionLimits {
  /** From the first byte of a request to the last of its headers. */
  readonly headersMs: number;
  /** From the first byte of a request to the last of its body. */
  readonly requestMs: number;
  /** Between two requests. Longer than the usual proxy's, or the proxy sends into a connection that is just closing. */
  readonly idleMs: number;
  /** Without a byte in either direction: a client that does not read its answer. Longer than any request may take. */
  readonly silentMs: number;
  /**
   * Unread, with more requests than may wait for an answer: closed at once it would be opened again at once, and each time
   * as much is read as came in one piece.
   */
  readonly greedyMs: number;
  /** How often the first two are looked at. */
  readonly checkEveryMs: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  headersMs: 10_000,
  requestMs: 20_000,
  idleMs: 75_000,
  silentMs: 150_000,
  greedyMs: 250,
  checkEveryMs: 1_000,
};

/**
 * Of one request, its address included. A token has 2 to 3 kB, a browser and the proxies before the hub add one; Apache
 * takes a hundred lines and HAProxy 101. Headers are read before anybody's turn: what they may take is all that holds them back.
 */
const HEADERS = { bytes: 8_192, lines: 100 } as const;

/** node:http's own server: past the gate, the path of GraphQL goes straight to its door, everything else to the pages. */
export function hubListener(
  { gate, graphql, pages }: { gate: Gate; graphql: RequestListener; pages: RequestListener },
  limits: ConnectionLimits = CONNECTION_LIMITS,
): Server {
  const { headersMs, requestMs, idleMs, silentMs, greedyMs, checkEveryMs } = limits;
  const options = {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: idleMs,
    connectionsCheckingInterval: checkEveryMs,
    maxHeaderSize: HEADERS.bytes,
    // The gate refuses it in the shape of every other refusal.
    requireHostHeader: false,
  };
  const asksTooMuch = pipelining(greedyMs);
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    if (asksTooMuch(request, response)) return;
    if (request.rawHeaders.length > 2 * HEADERS.lines)
      return server.emit('clientError', tooManyLines(), request.socket);
    if (gate(request, response)) return;
    request.url = originForm(request.url ?? '');
    return isGraphqlPath(request.url) ? graphql(request, response) : pages(request, response);
  };
  const server = createServer(options, answer);
  // Beyond these node:http drops headers without a word, so one more than may come must be seen.
  server.maxHeadersCount = HEADERS.lines + 1;
  // RFC 9110, 10.1.1: an expectation may be ignored; node:http would refuse all but one of them without a word.
  server.on('checkExpectation', answer);
  server.setTimeout(silentMs);
  return server;
}

function tooManyLines(): Error {
  return Object.assign(new Error('too many header lines'), { code: 'HPE_HEADER_OVERFLOW' });
}

/** Of one connection at a time; hardly a client sends a second request before it has its answer, none so many. */
const MOST_UNANSWERED = 8;

/**
 * Counts what waits on a connection for its answer: node:http takes any number of requests from it at once (RFC 9112,
 * 9.3.2). A connection with too many is not read any more, and closed; true for each request that is not answered.
 */
function pipelining(greedyMs: number): (request: IncomingMessage, response: ServerResponse) => boolean {
  const unanswered = new WeakMap<Socket, number>();
  const closing = new WeakSet<Socket>();
  return ({ socket }, response) => {
    if (closing.has(socket)) return true;
    const now = (unanswered.get(socket) ?? 0) + 1;
    unanswered.set(socket, now);
    const isAnswered = () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1);
    // What is answered while the next of the same piece is read came too fast all the same.
    response.once('close', () => setImmediate(isAnswered));
    if (now <= MOST_UNANSWERED) return false;
    closing.add(socket);
    closeUnread(socket, greedyMs);
    return true;
  };
}

function closeUnread(socket: Socket, afterMs: number): void {
  // Whatever is done with the requests that came before has it read on.
  socket.on('resume', () => socket.pause()).pause();
  const timer = setTimeout(() => socket.destroy(), afterMs);
  socket.once('close', () => clearTimeout(timer));
}

/** RFC 9112 3.2.2: a server must take a target with scheme and host as well; whatever they name, it is this hub. */
function originForm(target: string): string {
  if (target.startsWith('/')) return target;
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '');
  return path.startsWith('?') || path === '' ? `/${path}` : path;
}

/** `/graphql`, with a slash behind it or a query string. */
function isGraphqlPath(url: string): boolean {
  return url === '/graphql' || (url.startsWith('/graphql') && /^\/graphql\/?(\?|$)/.test(url));
}
