import { GraphQLError } from 'graphql';

interface HttpOfError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What an error of the gateway's own says about HTTP (`extensions.http`, as Apollo Server's errors have it). An error that
 * is none of GraphQL is a failure of the hub.
 */
export function httpOfError(error: unknown, { otherwise = 500 }: { otherwise?: number } = {}): HttpOfError {
  const http: unknown = error instanceof GraphQLError ? error.extensions.http : undefined;
  if (typeof http !== 'object' || http === null) return { status: otherwise, headers: {} };
  const status = 'status' in http && typeof http.status === 'number' ? http.status : otherwise;
  const headers: unknown = 'headers' in http ? http.headers : undefined;
  return { status, headers: headers instanceof Map ? Object.fromEntries(headers) : {} };
}
