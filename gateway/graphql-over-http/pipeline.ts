import type { IncomingHttpHeaders } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import type { ServedEngine } from '../permitted-engine.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { RefusedRequest } from '../audit/refused-requests.ts';
import type { PersistedQueries } from './persisted-queries.ts';
import type { RequestParameters } from './request-parameters.ts';

/** A GraphQL response before it is text. */
export interface Response {
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  /** The data as JSON, where it is made already: UTF-8, a character for each byte. */
  readonly octets?: string | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

export interface Outcome {
  readonly response: Response;
  /** As for `application/graphql-response+json`. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** From a well-formed request of somebody known to its response: parse, validate, choose, check, execute, format. Never throws. */
export type Pipeline = (
  parameters: RequestParameters,
  context: GatewayContext,
  headers: IncomingHttpHeaders,
) => Promise<Outcome>;

export interface PipelineOptions {
  /** A pipeline serves one engine; another schema gets another one, so that nothing checked by the old is run by the new. */
  readonly engine: ServedEngine;
  /** What clients registered, which is checked anew in each pipeline. */
  readonly persisted: PersistedQueries;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  /** Told of every response with errors, before it goes out. */
  readonly refused: (request: RefusedRequest) => Promise<void>;
}
