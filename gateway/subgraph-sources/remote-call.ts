import type { KeyObject } from 'node:crypto';
import { SourceError } from '../../adapters/shared/source-error.ts';
import { ASSERTION_HEADER, signAssertion } from '../../subgraphs/shared/assertion.ts';
import type { GatewayContext } from '../gateway-context.ts';
import { jsonOfHttp } from './answer-of-http.ts';
import { type Attempt, callPolicy, type CallPolicyOptions } from './call-policy.ts';
import { checkedAnswer } from './checked-answer.ts';
import type { HttpAnswer } from './http/answer-reader.ts';
import { httpClient, QueueFull } from './http/http-client.ts';
import { OddAnswer } from './http/odd-answer.ts';
import { mergedEntities } from './merged-entities.ts';
import { operationFacts } from './operation-facts.ts';
import type { SubgraphAnswer, SubgraphCall } from './subgraph-source.ts';

export interface RemoteCallOptions extends Omit<CallPolicyOptions, 'source'> {
  readonly name: string;
  readonly url: string;
  /** Signs for whom the gateway asks; `null` in anonymous mode, where nobody is named. */
  readonly assertionKey: KeyObject | null;
  /** Of one answer. */
  readonly maxBytes?: number;
  /** Calls at a time; `queue` more wait, within the deadline; the rest is refused. */
  readonly connections?: number;
  readonly queue?: number;
  /** Calls for entities that leave together become one (`mergedEntities`). Only where nobody is named. */
  readonly merging?: boolean;
}

/**
 * A subgraph over HTTP: keep-alive connections of our own, deadline, retry of reads, circuit breaker, limits of size and
 * number. A request that is over takes its calls with it. Throws `SourceError` only.
 */
export function remoteCall(options: RemoteCallOptions): SubgraphCall {
  const { name, assertionKey, maxBytes = 20_000_000, connections = 64, queue = 1_000 } = options;
  const url = new URL(options.url);
  const client = httpClient({ url, maxBytes, connections, queue });
  const policy = callPolicy({ ...options, source: name });
  const head = headTo(url);

  function headersFor({ hub, traceparent }: GatewayContext): string {
    const trace = traceparent === null ? '' : `traceparent: ${traceparent}\r\n`;
    if (hub === null || assertionKey === null) return trace;
    return `${trace}${ASSERTION_HEADER}: ${signAssertion(hub, { audience: name, key: assertionKey })}\r\n`;
  }

  function attemptOf(body: string, context: GatewayContext, read: boolean): Attempt<SubgraphAnswer> {
    const length = `content-length: ${Buffer.byteLength(body)}\r\n\r\n`;
    return ({ answered, failed, refused }) => {
      // Signed anew for each try: an assertion lives for seconds.
      const text = head + headersFor(context) + length + body;
      try {
        return client.send(
          { text, read },
          {
            answered: (answer) => {
              try {
                answered(answerOf(answer));
              } catch (error) {
                failed(asSourceError(error));
              }
            },
            failed: (cause) => failed(asSourceError(cause)),
          },
        );
      } catch (cause) {
        if (!(cause instanceof QueueFull)) throw cause;
        refused(new SourceError('SOURCE_UNAVAILABLE', { source: name, cause, transient: false }));
        return () => {};
      }
    };
  }

  function answerOf(answer: HttpAnswer): SubgraphAnswer {
    return checkedAnswer(name, jsonOfHttp(name, answer), { characters: answer.text.length });
  }

  function asSourceError(cause: unknown): SourceError {
    if (cause instanceof SourceError) return cause;
    if (cause instanceof OddAnswer)
      return new SourceError('SOURCE_INVALID', { source: name, cause, transient: cause.cutOff });
    return new SourceError('SOURCE_UNAVAILABLE', { source: name, cause });
  }

  const asking =
    (tries: 'once' | 'again'): SubgraphCall =>
    async (operation, context) => {
      const { json, read } = operationFacts(operation);
      const body = `{"query":${json},"variables":${JSON.stringify(operation.variables ?? {})}}`;
      const retry = read && tries === 'again';
      return policy.run(attemptOf(body, context, read), { signal: context.signal, retry });
    };

  const alone = asking('again');
  if (!(options.merging ?? assertionKey === null)) return alone;
  if (assertionKey !== null) throw new Error('what is told of its caller is never merged');
  return mergedEntities({ merged: asking('once'), alone }, { source: name });
}

/** The lines of a request's head that are always the same. No `accept-encoding`: an answer that is packed is refused. */
function headTo({ host, pathname, search }: URL): string {
  const lines = [
    `POST ${pathname}${search} HTTP/1.1`,
    `host: ${host}`,
    'content-type: application/json',
    'accept: application/graphql-response+json, application/json;q=0.9',
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}
