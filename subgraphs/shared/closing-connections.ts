import type { FastifyInstance } from 'fastify';

/**
 * For a stop without delay: once the function that it answers was called, every answer closes its connection. Else a
 * client's kept connection would hold the server for the whole keep-alive time after its last answer.
 */
export function closingConnections(app: FastifyInstance): () => void {
  let stopping = false;
  app.addHook('onSend', async (_request, reply) => {
    if (stopping) void reply.header('connection', 'close');
  });
  return () => {
    stopping = true;
  };
}
