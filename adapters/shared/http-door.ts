import { type AnswerRules, type DoorAnswer, readAnswer } from './door-answer.ts';
import { doorBase, type DoorPath, type Query } from './door-url.ts';
import { type ReadPolicy, type ReadPolicyOptions, readPolicy } from './read-policy.ts';
import { SourceError } from './source-error.ts';
import { traceContext } from './trace-context.ts';

export interface OutgoingRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: string | Uint8Array | undefined;
}
/** Fixed, or made anew for each try (signatures with a time, tokens that were renewed). */
export type DoorHeaders =
  | Readonly<Record<string, string>>
  | ((request: OutgoingRequest, signal: AbortSignal) => RequestHeaders | Promise<RequestHeaders>);
type RequestHeaders = Readonly<Record<string, string>>;

export interface HttpDoorOptions extends Omit<ReadPolicyOptions, 'translate'> {
  /** `http(s)://host/base`; credentials in it are refused. */
  readonly baseUrl: string;
  /** Of one body, after decompression. */
  readonly maxBytes?: number;
  /** For every request; a request's own headers win. */
  readonly headers?: DoorHeaders;
  /** In place of the global `fetch`, e.g. with a department's own certificate authority. */
  readonly fetch?: typeof globalThis.fetch;
}

type Body = string | Uint8Array;

export interface DoorRequest {
  readonly query?: Query;
  readonly headers?: DoorHeaders;
  /** Media types that the caller can use; default `application/json`. Any JSON (XML) type stands for all of them. */
  readonly accept?: string;
  /** Answers that go to the caller although they are no success; default: 404 and 410. */
  readonly pass?: AnswerRules['pass'];
  /** Throws `SourceError` for an answer that is a failure by its body only (a SOAP fault): that try has failed then. */
  readonly inspect?: (answer: DoorAnswer) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface DoorSend extends DoorRequest {
  /** A function makes it anew for each try (a nonce in it). */
  readonly body?: Body | (() => Body);
  /** True where the request changes nothing, or made twice has one effect (an idempotency key): it is retried as a GET is. */
  readonly read?: boolean;
}

export interface HttpDoor {
  get(path: DoorPath, request?: DoorRequest): Promise<DoorAnswer>;
  /** GETs a link that the department gave; SOURCE_INVALID if it leads to another host or out of the base path. */
  follow(link: string, request?: DoorRequest): Promise<DoorAnswer>;
  send(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: DoorPath, request?: DoorSend): Promise<DoorAnswer>;
  /** Of the circuit breaker. */
  readonly state: ReadPolicy['state'];
}

type Outgoing = Pick<OutgoingRequest, 'method' | 'url'> & Pick<DoorSend, 'body'>;

const isAbsent: AnswerRules['pass'] = ({ status }) => status === 404 || status === 410;

/**
 * The one way to a department's HTTP service: deadline, retry of reads, circuit breaker, limits, encoded URLs, checked
 * content types, no redirect followed. Throws `SourceError` only. 404 and 410 come back as an answer, for the caller to
 * make `null`; 401, 403, 408, 429, 5xx and a broken connection are SOURCE_UNAVAILABLE; every other status, a wrong type,
 * an oversize or cut-off body are SOURCE_INVALID.
 */
export function httpDoor(options: HttpDoorOptions): HttpDoor {
  const { source, maxBytes = 5_000_000 } = options;
  const policy = readPolicy(options);
  const base = doorBase(options.baseUrl);

  async function call(
    { method, url, body }: Outgoing,
    { accept = 'application/json', read = true, ...request }: DoorSend,
  ) {
    const rules = { source, maxBytes, accept, pass: request.pass ?? isAbsent };
    return policy.run(
      async (signal) => {
        const outgoing = { method, url, body: typeof body === 'function' ? body() : body };
        const traceparent = traceContext.getStore()?.traceparent;
        const headers = {
          accept,
          ...(traceparent !== undefined && { traceparent }),
          ...(await headersFrom(options.headers)),
          ...(await headersFrom(request.headers)),
        };
        const answer = await readAnswer(await responseTo(outgoing, { headers, signal }), rules);
        request.inspect?.(answer);
        return answer;

        async function headersFrom(headers: DoorHeaders = {}): Promise<RequestHeaders> {
          return typeof headers === 'function' ? headers(outgoing, signal) : headers;
        }
      },
      { signal: request.signal, retry: read },
    );
  }

  async function responseTo(
    { method, url, body }: OutgoingRequest,
    init: { headers: RequestHeaders; signal: AbortSignal },
  ) {
    const request = options.fetch ?? globalThis.fetch;
    return request(url, { ...init, method, body: bytesOf(body), redirect: 'manual' });
  }

  /** What cannot be addressed safely is not asked for. */
  function addressed(make: () => URL): URL {
    try {
      return make();
    } catch (cause) {
      throw new SourceError('SOURCE_INVALID', { source, cause });
    }
  }

  return {
    get: async (path, request = {}) =>
      call({ method: 'GET', url: addressed(() => base.urlOf(path, request.query)) }, request),
    follow: async (link, request = {}) => call({ method: 'GET', url: addressed(() => base.linkOf(link)) }, request),
    send: async (method, path, request = {}) =>
      call(
        { method, url: addressed(() => base.urlOf(path, request.query)), body: request.body },
        { ...request, read: request.read ?? false },
      ),
    get state() {
      return policy.state;
    },
  };
}

/** The type of `fetch` wants bytes that no other thread shares. */
function bytesOf(body: OutgoingRequest['body']) {
  return typeof body === 'object' ? Uint8Array.from(body) : (body ?? null);
}
