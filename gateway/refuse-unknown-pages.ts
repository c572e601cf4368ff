import type { FastifyInstance, FastifyReply } from 'fastify';
import { GraphQLError } from 'graphql';
import type { errorFormatter } from './format-error.ts';
import { badRequest } from './graphql-over-http/bad-request.ts';
import { httpOfError } from './graphql-over-http/http-of-error.ts';

/** Answers what no page answers (404), and what Fastify itself refuses or a page fails at, in the shape of every other refusal. */
export function refuseUnknownPages(
  app: Pick<FastifyInstance, 'setNotFoundHandler' | 'setErrorHandler'>,
  formatError: ReturnType<typeof errorFormatter>,
): void {
  const refuse = (reply: FastifyReply, error: unknown) => {
    const { message } = error instanceof GraphQLError ? error : new GraphQLError('unexpected');
    const extensions = error instanceof GraphQLError ? error.extensions : {};
    return reply.code(httpOfError(error).status).send({ errors: [formatError({ message, extensions }, error)] });
  };
  app.setNotFoundHandler((_request, reply) =>
    refuse(reply, badRequest('Nothing is at this address; GraphQL is at /graphql.', { status: 404 })),
  );
  app.setErrorHandler((error, _request, reply) => refuse(reply, refusedBy(error) ?? error));
}

/** What Fastify finds wrong with a request, such as its media type; `null` = a failure of ours. */
function refusedBy(error: unknown): GraphQLError | null {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  if (typeof status !== 'number' || status < 400 || status >= 500) return null;
  return badRequest('This address does not take such a request.', { status });
}
