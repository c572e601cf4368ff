import net from 'node:net';
import tls from 'node:tls';
import { answerReader, type HeldBytes, type HttpAnswer } from './answer-reader.ts';
import { OddAnswer } from './odd-answer.ts';

export interface ConnectionOptions {
  readonly url: URL;
  readonly maxBytes: number;
  readonly together: HeldBytes;
}

/** What a connection tells of the call that it carries. Exactly one of the two, once. */
export interface Carried {
  answered(answer: HttpAnswer): void;
  /** `unheard` = not one byte came. */
  broke(cause: Error, how: { unheard: boolean }): void;
}

export interface HttpConnection {
  /** Sends a request and reads its answer. One at a time: answers carry no name, so a second would be a guess. */
  carry(request: string, call: Carried): void;
  /** Drops the connection; the call on it is told nothing. */
  drop(): void;
  /** Whether a request may be sent now. */
  readonly isFree: boolean;
}

/** The kernel's buffers are drained into one of ours a connection. */
const READ_BYTES = 32_768;

/**
 * A keep-alive connection to a subgraph (HTTP/1.1, RFC 9112), plain or with TLS. Whatever is odd in an answer, and
 * whatever comes unasked, closes it. `freed` is called when the next request may be sent, `closed` when none ever may.
 */
export function httpConnection(
  options: ConnectionOptions,
  { freed, closed }: { freed: () => void; closed: () => void },
): HttpConnection {
  const reader = answerReader(options);
  let call: Carried | null = null;
  let heard = false;
  let open = true;
  let usableUntil = Number.POSITIVE_INFINITY;
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  const socket = opened(options.url, {
    buffer,
    callback: (count: number) => {
      arrived(buffer.subarray(0, count));
      return true;
    },
  });
  socket.once('error', close);
  socket.once('end', () => close(new Error('closed by the subgraph')));
  socket.once('close', () => close(new Error('closed')));
  // What keeps the process alive is the call's deadline; an idle connection does not.
  socket.unref();

  function arrived(bytes: Buffer): void {
    if (call === null) return close(new OddAnswer('an answer that nobody asked for'));
    heard = true;
    try {
      const answer = reader.feed(bytes);
      if (answer !== null) finish(call, answer);
    } catch (error) {
      close(error as Error);
    }
  }

  function finish(done: Carried, answer: HttpAnswer): void {
    call = null;
    // A request that is not read to its end, or more than one answer: the next would not be sure to be its own.
    const reusable = answer.head.keepAlive && !answer.surplus && socket.writableLength === 0;
    usableUntil = performance.now() + answer.head.idleMs;
    if (reusable) freed();
    else close(new Error('not to be used again'));
    done.answered(answer);
  }

  function close(cause: Error): void {
    if (!open) return;
    open = false;
    reader.forget();
    socket.destroy();
    const lost = call;
    call = null;
    const cut = heard && lost !== null && !(cause instanceof OddAnswer);
    lost?.broke(cut ? new OddAnswer('cut off', { cutOff: true }) : cause, { unheard: !heard });
    closed();
  }

  return {
    carry(request, next) {
      call = next;
      heard = false;
      socket.write(request);
    },
    drop() {
      call = null;
      close(new Error('dropped'));
    },
    get isFree() {
      return open && call === null && performance.now() < usableUntil;
    },
  };
}

type OnRead = Required<Pick<net.TcpNetConnectOpts, 'onread'>>['onread'];

function opened({ protocol, hostname, port }: URL, onread: OnRead): net.Socket {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol !== 'https:') return net.connect({ host, port: Number(port || 80), noDelay: true, onread });
  const servername = net.isIP(host) === 0 ? host : undefined;
  const options = { host, port: Number(port || 443), noDelay: true, servername, ALPNProtocols: ['http/1.1'], onread };
  return tls.connect(options);
}
