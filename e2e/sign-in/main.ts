import { parseArgs } from 'node:util';
import { readClients } from '../../schema/clients.ts';
import { startSignInServer } from './server.ts';

const HELP = `Sign-in server for demonstration and tests; looks like Keycloak's realm "care". Loopback only.

  node e2e/sign-in/main.ts [--port 4001] [--clients FILE] [--password TEXT] [--with-parent]

  --port         0 = any free port (default 4001)
  --clients      another clients file than schema/clients.json
  --password     of all demo people
  --with-parent  end when standard input ends
  --help

Prints one line of JSON when ready: issuer, password, and each client's id and secret.`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4001' },
    clients: { type: 'string' },
    password: { type: 'string' },
    'with-parent': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(HELP);
} else {
  const clients = readClients(values.clients);
  const server = await startSignInServer({
    port: Number(values.port),
    clients,
    ...(values.password !== undefined && { password: values.password }),
  });
  const secrets = clients.clients
    .filter(({ kind }) => kind !== 'public')
    .map(({ clientId }) => ({ clientId, clientSecret: server.secretOf(clientId) }));
  console.log(JSON.stringify({ ready: true, issuer: server.issuer, password: server.password, clients: secrets }));

  const end = () => void server.close().then(() => process.exit(0));
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  if (values['with-parent']) process.stdin.resume().once('end', end).once('error', end);
}
