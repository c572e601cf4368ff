import type { KeyObject } from 'node:crypto';
import { ASSERTION_HEADER, signAssertion } from '../../subgraphs/shared/assertion.ts';
import type { SubgraphOperation } from '../../subgraphs/shared/subgraph.ts';
import type { GatewayContext } from '../gateway-context.ts';
import { operationFacts } from './operation-facts.ts';
import type { EngineOperation } from './subgraph-source.ts';

/** An operation, and for whose request it is asked. */
export interface AskedOperation {
  readonly operation: EngineOperation;
  readonly context: GatewayContext;
}

interface RequestOptions {
  readonly name: string;
  readonly url: URL;
  /** Signs for whom the gateway asks; `null` = nobody is named. */
  readonly assertionKey: KeyObject | null;
}

/**
 * Makes the text of a request, head and body, from what was prepared: for one operation as GraphQL over HTTP has it, for
 * several as a list. In a list each operation says for itself for whom it is asked, in its `extensions`.
 */
export function operationsRequest({ name, url, assertionKey }: RequestOptions) {
  const head = headTo(url);

  /** Signed for each try anew: an assertion lives for seconds. */
  function saidOf({ hub, traceparent }: GatewayContext): readonly (readonly [name: string, value: string])[] {
    return [
      ...(traceparent === null ? [] : [['traceparent', traceparent] as const]),
      ...(hub === null || assertionKey === null
        ? []
        : [[ASSERTION_HEADER, signAssertion(hub, { audience: name, key: assertionKey })] as const]),
    ];
  }

  function itemOf({ operation, context }: AskedOperation): string {
    const said = saidOf(context);
    if (said.length === 0) return `${membersOf(operation)}}`;
    // Headers by their kind: of letters that JSON takes as they are.
    const members = said.map(([header, value]) => `"${header}":"${value}"`);
    return `${membersOf(operation)},"extensions":{${members.join(',')}}}`;
  }

  return (asked: readonly AskedOperation[]): string => {
    const [first, ...more] = asked;
    if (first === undefined) throw new Error('a request for nothing');
    const alone = more.length === 0;
    const lines = alone ? saidOf(first.context).map(([header, value]) => `${header}: ${value}\r\n`) : [];
    const body = alone ? `${membersOf(first.operation)}}` : `[${asked.map(itemOf).join(',')}]`;
    return `${head}${lines.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  };
}

/** Of the operation's JSON object, which is left open. */
function membersOf(operation: SubgraphOperation): string {
  return `{"query":${operationFacts(operation).json},"variables":${JSON.stringify(operation.variables ?? {})}`;
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
