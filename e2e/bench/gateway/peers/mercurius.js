// mercurius' gateway as its makers' examples run it: https://github.com/mercurius-js/mercurius-gateway#readme
// Arguments: JSON of name → address of the subgraphs; `jit` = compile a query after it came once.
import Fastify from 'fastify';
import mercuriusGateway from '@mercuriusjs/gateway';

const [, , urls, jit] = process.argv;
const app = Fastify();
app.register(mercuriusGateway, {
  gateway: { services: Object.entries(JSON.parse(urls)).map(([name, url]) => ({ name, url })) },
  ...(jit === 'jit' && { jit: 1 }),
});
const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ url: `${address}/graphql`, msg: 'ready' })}\n`);
