import { createServer, type Server } from 'node:http';
import type { JSONWebKeySet } from 'jose';
import { inProduction, runModeFault } from '../../adapters/shared/run-mode.ts';
import { type Clients, readClients } from '../../schema/clients.ts';
import { directoryOf } from './directory.ts';
import { keycloakLikeProvider } from './provider.ts';
import { REALM, route } from './route.ts';
import { newSigningKeys, type SigningAlgorithm, type SigningKey } from './signing-keys.ts';

const HOST = '127.0.0.1';

export interface SignInServerOptions {
  /** 0 = any free port. */
  readonly port?: number;
  readonly clients?: Clients;
  /** Hub ids of those who sign in to see their own record, by login: `{ mother: '…' }`. */
  readonly personIds?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly password?: string;
  /** Signs with the first key of the wanted algorithm. */
  readonly keys?: readonly SigningKey[];
}

export interface SignInServer {
  readonly issuer: string;
  readonly password: string;
  secretOf(clientId: string): string;
  setPersonId(login: string, personId: string): void;
  /** From now on tokens are signed like this; RS256 at first. */
  signWith(algorithm: SigningAlgorithm): void;
  /** New keys sign from now on. The old ones stay in the key set, or are withdrawn. */
  rotateKeys(options?: { withdraw?: boolean }): Promise<void>;
  /** Introspection calls this token inactive from now on. */
  revoke(jti: string): void;
  /** What was issued before this instant is inactive, as by Keycloak's not-before; 0 takes it back. */
  setNotBefore(seconds: number): void;
  close(): Promise<void>;
}

/**
 * A sign-in server for demonstration and tests that looks like Keycloak from outside: realm `care`, its paths, its
 * tokens. On loopback only, and never in production.
 */
export async function startSignInServer(options: SignInServerOptions = {}): Promise<SignInServer> {
  const fault = runModeFault(process.env);
  if (fault !== null) throw new Error(fault);
  if (inProduction(process.env))
    throw new Error('The development sign-in server does not run with NODE_ENV=production; use Keycloak.');
  const { port = 0, clients = readClients(), password = 'xinqiao-demo' } = options;
  const directory = directoryOf(clients, options);
  const server = createServer();
  const issuer = `http://${HOST}:${await listen(server, port)}${REALM}`;
  const revoked = new Set<string>();
  let notBeforeSeconds = 0;
  const notBefore = () => notBeforeSeconds;
  let algorithm: SigningAlgorithm = 'RS256';
  let keys = options.keys ?? (await newSigningKeys());
  const serving = () => {
    const provider = keycloakLikeProvider({ issuer, directory, keys, algorithm: () => algorithm, notBefore });
    const callback = provider.callback();
    return { provider, callback, tokens: { issuer, directory, revoked, notBefore, publicKeys: publicKeys(keys) } };
  };
  let current = serving();

  server.on('request', (request, response) => {
    void route(request, response, { ...current, directory, password, issuer });
  });
  return {
    issuer,
    password,
    secretOf: directory.secretOf,
    setPersonId: directory.setPersonId,
    signWith: (wanted) => void (algorithm = wanted),
    async rotateKeys({ withdraw = false } = {}) {
      keys = [...(await newSigningKeys()), ...(withdraw ? [] : keys)];
      current = serving();
    },
    revoke: (jti) => void revoked.add(jti),
    setNotBefore: (seconds) => void (notBeforeSeconds = seconds),
    close: () => close(server),
  };
}

function publicKeys(keys: readonly SigningKey[]): JSONWebKeySet {
  return {
    keys: keys.map(({ publicKey, alg, kid }) => ({
      ...publicKey.export({ format: 'jwk' }),
      alg,
      kid,
      kty: alg === 'ES256' ? 'EC' : 'RSA',
    })),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
