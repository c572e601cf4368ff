import type { KeyObject } from 'node:crypto';
import { OperationTypeNode } from 'graphql';
import { z } from 'zod';
import { httpDoor } from '../../adapters/shared/http-door.ts';
import { ASSERTION_HEADER, signAssertion } from '../../subgraphs/shared/assertion.ts';
import type { SubgraphCall } from './subgraph-source.ts';

const answerSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .optional(),
  extensions: z.record(z.string(), z.unknown()).optional(),
});

interface RemoteCallOptions {
  readonly name: string;
  readonly url: string;
  readonly timeoutMs: number;
  /** Signs for whom the gateway asks; `null` in anonymous mode, where nobody is named. */
  readonly assertionKey: KeyObject | null;
}

/** A subgraph over HTTP: keep-alive connections, deadline, retry of reads, circuit breaker and size limit of the one HTTP door. */
export function remoteCall({ name, url, timeoutMs, assertionKey }: RemoteCallOptions): SubgraphCall {
  const { origin, pathname } = new URL(url);
  const door = httpDoor({ source: name, baseUrl: origin, timeoutMs, maxBytes: 20_000_000 });
  const path = pathname.split('/').filter((segment) => segment !== '');
  return async ({ query, variables, document }, { hub, signal, traceparent }) => {
    const headers = {
      'content-type': 'application/json',
      ...(traceparent !== null && { traceparent }),
      ...(hub !== null &&
        assertionKey !== null && {
          [ASSERTION_HEADER]: signAssertion(hub, { audience: name, key: assertionKey }),
        }),
    };
    const answer = await door.send('POST', path, {
      headers,
      signal,
      body: JSON.stringify({ query, variables }),
      accept: 'application/graphql-response+json, application/json',
      pass: () => false,
      read: !document?.definitions.some((one) => 'operation' in one && one.operation === OperationTypeNode.MUTATION),
    });
    return answer.json(answerSchema);
  };
}
