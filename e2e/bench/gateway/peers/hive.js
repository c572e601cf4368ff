// Hive Gateway as its makers run it on Node by program: https://the-guild.dev/graphql/hive/docs/gateway/deployment
// Arguments: the supergraph file; `rust` = with their Rust planner (https://the-guild.dev/graphql/hive/docs/gateway/other-features/rust-query-planner).
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway';

const [, , file, planner] = process.argv;
const { unifiedGraphHandler } = planner === 'rust' ? await import('@graphql-hive/router-runtime') : {};
const runtime = createGatewayRuntime({
  supergraph: readFileSync(file, 'utf8'),
  logging: false,
  ...(unifiedGraphHandler && { unifiedGraphHandler }),
});
const server = createServer(runtime);
server.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${server.address().port}/graphql`;
  process.stdout.write(`${JSON.stringify({ url, msg: 'ready' })}\n`);
});
// Hive disposes of itself at SIGTERM, the server of its own accord does not end.
process.once('SIGTERM', () => process.exit(0));
