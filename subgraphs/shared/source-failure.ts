import { GraphQLError } from 'graphql';
import { SourceError } from '../../adapters/shared/source-error.ts';

/** Translates a failed read for callers, once, at the subgraph's edge. What is not a `SourceError` stays unknown and is masked by the gateway. */
export function sourceFailure(error: unknown, department: string): GraphQLError | Error {
  if (!(error instanceof SourceError)) return error instanceof Error ? error : new Error('Unknown failure');
  return new GraphQLError(error.message, { extensions: { code: error.code, department } });
}

/** The caller has no basis for what it asked of this department. Says nothing about whether there is a record. */
export function noBasis(department: string, category?: string): GraphQLError {
  const what = category === undefined ? `anything of the ${department} department` : `${department}:${category}`;
  return new GraphQLError(`There is no basis for ${what} about this person and for this purpose.`, {
    extensions: { code: 'NO_BASIS', department, ...(category !== undefined && { category }) },
  });
}
