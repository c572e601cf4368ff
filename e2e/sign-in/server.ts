import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { type Clients, readClients } from '../../schema/clients.ts';
import { type Directory, directoryOf } from './directory.ts';
import { login } from './login.ts';
import { keycloakLikeProvider, LOGIN, PROTOCOL } from './provider.ts';
import { readBody } from './read-body.ts';
import { newSigningKeys, type SigningAlgorithm, type SigningKey } from './signing-keys.ts';
import { introspect, type TokenEndpointOptions, userinfo } from './token-endpoints.ts';

const HOST = '127.0.0.1';
const REALM = '/realms/care';

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
  close(): Promise<void>;
}

/**
 * A sign-in server for demonstration and tests that looks like Keycloak from outside: realm `care`, its paths, its
 * tokens. On loopback only, and never in production.
 */
export async function startSignInServer(options: SignInServerOptions = {}): Promise<SignInServer> {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error('The development sign-in server does not run with NODE_ENV=production; use Keycloak.');
  }
  const { port = 0, clients = readClients(), password = 'xinqiao-demo' } = options;
  const directory = directoryOf(clients, options);
  const server = createServer();
  const issuer = `http://${HOST}:${await listen(server, port)}${REALM}`;
  const revoked = new Set<string>();
  let algorithm: SigningAlgorithm = 'RS256';
  let keys = options.keys ?? (await newSigningKeys());
  const serving = () => {
    const provider = keycloakLikeProvider({ issuer, directory, keys, algorithm: () => algorithm });
    const callback = provider.callback();
    return { provider, callback, tokens: { issuer, directory, revoked, publicKeys: publicKeys(keys) } };
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
    close: () => close(server),
  };
}

interface Routing {
  readonly provider: ReturnType<typeof keycloakLikeProvider>;
  readonly callback: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly tokens: TokenEndpointOptions;
  readonly directory: Directory;
  readonly password: string;
  readonly issuer: string;
}

async function route(request: IncomingMessage, response: ServerResponse, to: Routing): Promise<void> {
  try {
    const { origin } = new URL(to.issuer);
    // A page on the internet whose name points here (DNS rebinding) is not served.
    if (`http://${request.headers.host}` !== origin) return refuse(response, 421, `Use ${origin}`);
    const { pathname } = new URL(request.url ?? '/', origin);
    if (pathname.startsWith('/people/')) return await setPersonId(request, response, to.directory);
    if (pathname.startsWith(`${REALM}${LOGIN}/`)) return await login(request, response, to);
    if (pathname === `${REALM}${PROTOCOL}/token/introspect`) return await introspect(request, response, to.tokens);
    if (pathname === `${REALM}${PROTOCOL}/userinfo`) return await userinfo(request, response, to.tokens);
    if (!pathname.startsWith(`${REALM}/`)) return refuse(response, 404, `The realm is ${to.issuer}`);
    // oidc-provider finds its mount path by comparing the two.
    Object.assign(request, { originalUrl: request.url, url: request.url?.slice(REALM.length) });
    await to.callback(request, response);
  } catch (error) {
    if (!response.headersSent) refuse(response, 400, error instanceof Error ? error.message : 'bad request');
  }
}

const personIdBody = z.strictObject({ personId: z.string().min(1) });

/** `PUT /people/mother {"personId": "…"}`: the demo learns the hub's ids only while it runs. */
async function setPersonId(request: IncomingMessage, response: ServerResponse, directory: Directory): Promise<void> {
  const login = request.url?.split('/')[2] ?? '';
  if (request.method !== 'PUT') return refuse(response, 405, 'PUT');
  if (directory.person(login)?.self !== true) return refuse(response, 404, 'no such person');
  directory.setPersonId(login, personIdBody.parse(JSON.parse(await readBody(request))).personId);
  response.writeHead(204).end();
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${message}\n`);
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
