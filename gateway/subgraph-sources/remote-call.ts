import type { KeyObject } from 'node:crypto';
import { invalidAnswer, SourceError } from '../../adapters/shared/source-error.ts';
import { jsonOfHttp } from './json-of-http.ts';
import { type Attempt, callPolicy, type CallPolicyOptions } from './call-policy.ts';
import { checkedAnswer } from './checked-answer.ts';
import { httpClient, QueueFull } from './http/http-client.ts';
import type { HttpAnswer } from './http/answer-reader.ts';
import { OddAnswer } from './http/odd-answer.ts';
import { operationFacts } from './operation-facts.ts';
import { type AskedOperation, operationsRequest } from './operations-request.ts';
import { sharedCalls } from './shared-calls.ts';
import type { SubgraphAnswer, SubgraphCall } from './subgraph-source.ts';

export interface RemoteCallOptions extends Omit<CallPolicyOptions, 'source'> {
  readonly name: string;
  readonly url: string;
  /** Signs for whom the gateway asks; `null` in anonymous mode, where nobody is named. */
  readonly assertionKey: KeyObject | null;
  /** Of one answer. */
  readonly maxBytes?: number;
  /** Requests at a time; `queue` more wait, within the deadline; the rest is refused. */
  readonly connections?: number;
  readonly queue?: number;
  /** The subgraph takes a list of operations in one request: what leaves together goes so. */
  readonly batches?: boolean;
  /** Calls for entities by the same operation that leave together become one. Never where somebody is named. */
  readonly merging?: boolean;
}

export type RemoteCall = SubgraphCall & {
  /** Keeps no connection from now on. */
  close(): void;
};

/** Operations of one request to a subgraph that takes several. */
const MOST_OPERATIONS = 50;
const MOST_REPRESENTATIONS = 200;

/**
 * A subgraph over HTTP: keep-alive connections of our own, deadline, retry of reads, circuit breaker, limits of size and
 * number; what leaves together goes together. A request that is over takes its calls with it. Throws `SourceError` only.
 */
export function remoteCall(options: RemoteCallOptions): RemoteCall {
  const { name, assertionKey, maxBytes = 20_000_000, connections = 64, queue = 1_000, batches = false } = options;
  const { merging = assertionKey === null } = options;
  const url = addressOf(options);
  const client = httpClient({ url, maxBytes, connections, queue });
  const policy = callPolicy({ ...options, source: name });
  const textOf = operationsRequest({ name, url, assertionKey });

  /** One try of a request, read to the end by `read`, which throws `SourceError`. */
  function attemptOf<T>(asked: readonly AskedOperation[], read: (answer: HttpAnswer) => T): Attempt<T> {
    const again = asked.every(({ operation }) => operationFacts(operation).read);
    return ({ answered, failed, refused }) => {
      try {
        return client.send(
          { text: textOf(asked), read: again },
          {
            answered: (answer) => {
              const outcome = attempted(() => read(answer));
              if (outcome instanceof SourceError) failed(outcome);
              else answered(outcome);
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

  function attempted<T>(read: () => T): T | SourceError {
    try {
      return read();
    } catch (error) {
      return asSourceError(error);
    }
  }

  function asSourceError(cause: unknown): SourceError {
    if (cause instanceof SourceError) return cause;
    if (cause instanceof OddAnswer)
      return new SourceError('SOURCE_INVALID', { source: name, cause, transient: cause.cutOff });
    return new SourceError('SOURCE_UNAVAILABLE', { source: name, cause });
  }

  const answerOf = ({ operation }: AskedOperation, answer: HttpAnswer) =>
    checkedAnswer(name, jsonOfHttp(name, answer, operation.readPassing), { characters: answer.body.length });
  const alone: SubgraphCall = async (operation, context) =>
    policy.run(
      attemptOf([{ operation, context }], (answer) => answerOf({ operation, context }, answer)),
      { signal: context.signal, retry: operationFacts(operation).read },
    );

  async function together(asked: readonly AskedOperation[], signal: AbortSignal) {
    const read = (answer: HttpAnswer): readonly (SubgraphAnswer | SourceError)[] => {
      const [only, ...more] = asked;
      if (only !== undefined && more.length === 0) return [answerOf(only, answer)];
      const json = jsonOfHttp(name, answer);
      const { length: characters } = answer.body;
      if (!Array.isArray(json) || json.length !== asked.length) throw invalidAnswer(name, 'no list as long as asked');
      return json.map((one: unknown) => attempted(() => checkedAnswer(name, one, { characters })));
    };
    return policy.run(attemptOf(asked, read), { signal, retry: false });
  }

  const closable = (call: SubgraphCall): RemoteCall => Object.assign(call, { close: client.close });
  if (!batches && !merging) return closable(alone);
  if (merging && assertionKey !== null) throw new Error('what is told of its caller is never merged');
  const maxOperations = batches ? MOST_OPERATIONS : 1;
  const how = { source: name, merging, maxOperations, maxWeight: MOST_REPRESENTATIONS };
  return closable(sharedCalls({ alone, together }, how));
}

/** Throws for an address that could not be asked as it says. */
function addressOf({ name, url }: Pick<RemoteCallOptions, 'name' | 'url'>): URL {
  const address = URL.parse(url);
  if (address === null || !/^https?:$/.test(address.protocol))
    throw new Error(`the address of the subgraph ${name} is none of http or https`);
  if (address.username !== '' || address.password !== '')
    throw new Error(`the address of the subgraph ${name} holds credentials, which are not sent`);
  return address;
}
