import { type DocumentNode, GraphQLError, parse } from 'graphql';

/** A query's text as a document, or what is wrong with it. */
export function parsedQuery(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}
