import { GraphQLError } from 'graphql';

/** Refusal of a request that the caller got wrong, with its HTTP status and what else HTTP wants said. */
export function badRequest(
  message: string,
  { status = 400, headers = {} }: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'BAD_USER_INPUT', http: { status, headers: new Map(Object.entries(headers)) } },
  });
}
