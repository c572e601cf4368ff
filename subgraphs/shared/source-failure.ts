import { GraphQLError, type GraphQLErrorExtensions, type GraphQLResolveInfo, responsePathAsArray } from 'graphql';
import { SourceError } from '../../adapters/shared/source-error.ts';

/** Of the field that fails. */
type Place = Pick<GraphQLResolveInfo, 'path' | 'fieldNodes'>;

/** Translates a failed read for callers, once, at the subgraph's edge. What is not a `SourceError` stays unknown and is masked by the gateway. */
export function sourceFailure(error: unknown, department: string, place: Place): GraphQLError | Error {
  if (!(error instanceof SourceError)) return error instanceof Error ? error : new Error('Unknown failure');
  return told(error.message, place, { code: error.code, department });
}

/** The caller has no basis for what it asked of this department. Says nothing about whether there is a record. */
export function noBasis(department: string, place: Place, category?: string): GraphQLError {
  const what = category === undefined ? `anything of the ${department} department` : `${department}:${category}`;
  return told(`There is no basis for ${what} about this person and for this purpose.`, place, {
    code: 'NO_BASIS',
    department,
    ...(category !== undefined && { category }),
  });
}

/**
 * An answer, not a fault of ours: where it was made says nothing, and in a burst of answers about twenty people, forty of them
 * in each, they were a quarter of the profile: a stack is taken twice, the second time with its text. One that has its path is
 * not made again.
 */
function told(message: string, { path, fieldNodes }: Place, extensions: GraphQLErrorExtensions): GraphQLError {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return new GraphQLError(message, { path: responsePathAsArray(path), nodes: fieldNodes, extensions });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
