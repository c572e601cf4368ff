import type { HttpAnswer } from './answer-reader.ts';
import { httpConnection, type HttpConnection } from './http-connection.ts';

export interface HttpClientOptions {
  readonly url: URL;
  /** Of one answer's body. */
  readonly maxBytes: number;
  /** Requests at a time, each on a connection of its own. */
  readonly connections: number;
  /** Requests that wait for a connection; the rest is refused. */
  readonly queue: number;
}

export interface HttpRequest {
  /** The whole of it: head and body. */
  readonly text: string;
  /** It changes nothing, so that it may be sent again when a connection that had been idle turns out to be closed. */
  readonly read: boolean;
}

/** What becomes of a request: exactly one of the two, once. */
export interface Receiver {
  answered(answer: HttpAnswer): void;
  failed(cause: Error): void;
}

export interface HttpClient {
  /**
   * Sends a request; throws `QueueFull`. What it returns takes the request back, and its receiver hears nothing: it is
   * not sent any more, or its connection is dropped.
   */
  send(request: HttpRequest, receiver: Receiver): () => void;
  /** Keeps no connection from now on: what is idle is closed, and others after their request. Who comes late is still served. */
  close(): void;
}

/** More requests wait than may. */
export class QueueFull extends Error {}

/** Answers of the greatest size that may be on their way at a time: more memory no subgraph can take. */
const ANSWERS_HELD = 4;

interface Sending {
  readonly request: HttpRequest;
  readonly receiver: Receiver;
  on: HttpConnection | null;
}

/** A pool of keep-alive connections to one subgraph, the last used first, with a bounded queue before it. */
export function httpClient({ url, maxBytes, connections, queue }: HttpClientOptions): HttpClient {
  const idle: HttpConnection[] = [];
  const waiting = new Set<Sending>();
  const together = { max: maxBytes * ANSWERS_HELD, held: 0 };
  let count = 0;
  let closing = false;

  /** The connection that was used last and still may be; `null` where there is none. */
  function warm(): HttpConnection | null {
    for (let last = idle.pop(); last !== undefined; last = idle.pop()) {
      if (last.isFree) return last;
      last.drop();
    }
    return null;
  }

  function opened(): HttpConnection {
    count += 1;
    const connection = httpConnection(
      { url, maxBytes, together },
      {
        freed: () => {
          if (closing) return connection.drop();
          idle.push(connection);
          sendWaiting();
        },
        closed: () => {
          count -= 1;
          const at = idle.indexOf(connection);
          if (at >= 0) idle.splice(at, 1);
          sendWaiting();
        },
      },
    );
    return connection;
  }

  /** Whether there was a connection for it. */
  function sent(sending: Sending): boolean {
    const known = warm();
    if (known === null && count >= connections) return false;
    carry(sending, known ?? opened(), known === null);
    return true;
  }

  function carry(sending: Sending, connection: HttpConnection, isNew: boolean): void {
    const { request, receiver } = sending;
    sending.on = connection;
    connection.carry(request.text, {
      answered: receiver.answered,
      broke: (cause, { unheard }) => {
        // Servers close idle connections when they please: that is no failure, and the request was not looked at.
        if (unheard && !isNew && request.read) carry(sending, opened(), true);
        else receiver.failed(cause);
      },
    });
  }

  function sendWaiting(): void {
    for (const sending of waiting) {
      if (!sent(sending)) return;
      waiting.delete(sending);
    }
  }

  return {
    send(request, receiver) {
      const sending: Sending = { request, receiver, on: null };
      if (!sent(sending)) {
        if (waiting.size >= queue) throw new QueueFull('too many requests wait');
        waiting.add(sending);
      }
      return () => {
        waiting.delete(sending);
        sending.on?.drop();
      };
    },
    close: () => {
      closing = true;
      for (const connection of idle.splice(0)) connection.drop();
    },
  };
}
