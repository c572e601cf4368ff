import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { marked } from '../../../schema/composed-together.ts';
import { type DeploymentEntry } from '../../../schema/departments.ts';
import { ownStore } from '../own-store.ts';
import { benchPermissions } from './bench-permissions.ts';
import { BENCH_SUBGRAPHS } from './subgraphs/bench-subgraphs.ts';
import { BENCH_CATEGORIES } from './subgraphs/categories.ts';

const CLIENT = 'hub-console';
const SECONDS = 600;

export interface TrustedHub {
  readonly environment: Readonly<Record<string, string>>;
  /** With a token that is new, as after each sign-in; the hub remembers it for half a minute. */
  headers(): Promise<Readonly<Record<string, string>>>;
}

interface Surroundings {
  readonly folder: string;
  readonly supergraph: string;
  readonly urls: Readonly<Record<string, string>>;
  /** The subgraphs take several operations in one request. */
  readonly batches: boolean;
}

/**
 * What a hub needs that serves the benchmark's subgraphs with token, field permissions, decisions and a durable audit log
 * of its own. Its rate limit by cost is on, and far away.
 */
export async function trustedHub({ folder, supergraph, urls, batches }: Surroundings): Promise<TrustedHub> {
  const own = mkdtempSync(join(folder, 'trusted-'));
  const file = (name: string, content: string) => {
    const path = join(own, name);
    writeFileSync(path, content);
    return path;
  };
  const [api, permissions] = ['type Query { unused: ID }', JSON.stringify(benchPermissions())];
  const { issuer, token } = await signIn();
  const environment = {
    ...ownStore(own),
    PORT: '0',
    OIDC_ISSUER: issuer,
    OIDC_JWKS_URL: issuer,
    DEPLOYMENT_FILE: file('deployment.json', JSON.stringify(deployment({ urls, batches }))),
    SUPERGRAPH_FILE: file(
      'trusted-supergraph.graphql',
      marked({ supergraph: readFileSync(supergraph, 'utf8'), api, permissions }),
    ),
    API_FILE: file('api.graphql', api),
    PERMISSIONS_FILE: file('permissions.json', permissions),
    GRANT_SECRET: randomBytes(32).toString('hex'),
    ASSERTION_SECRET: randomBytes(32).toString('hex'),
    CLIENT_COST_PER_SECOND: '1000000000',
    CLIENT_COST_BURST: '1000000000',
  };
  const headers = async () => ({ authorization: `Bearer ${await token()}`, 'x-purpose-of-use': 'CARE' });
  return { environment, headers };
}

/** The person and referral subgraphs are the hub's own: they decide. The others are departments. */
function deployment({ urls, batches }: Pick<Surroundings, 'urls' | 'batches'>): readonly DeploymentEntry[] {
  return BENCH_SUBGRAPHS.map(({ name }) => {
    const url = urls[name] ?? '';
    const categories = BENCH_CATEGORIES.filter(({ department }) => department === name);
    if (categories.length === 0) return { name, url, batches };
    const named = categories.map(({ slug }) => [slug, { zh: slug, en: slug }] as const);
    return { name, url, batches, department: { zh: name, en: name, categories: Object.fromEntries(named) } };
  });
}

/** One key, the address that tells it, tokens signed with it as Keycloak signs them (RS256). */
async function signIn() {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256', use: 'sig' }] };
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(keys));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realms/bench`;
  const scopes = ['referral:read', 'person:identity:read', ...BENCH_CATEGORIES.map(({ scope }) => scope)];
  const claims = {
    azp: CLIENT,
    typ: 'Bearer',
    scope: scopes.join(' '),
    realm_access: { roles: ['case-worker'] },
    organisation: 'bench-organisation',
    department: 'HEALTH',
    division: '330100',
    purposes: ['CARE'],
  };
  const token = async () =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'bench' })
      .setIssuer(issuer)
      .setAudience('hub-api')
      .setSubject('9b3d9e0c-0f0f-4f6e-9a54-3a3a8f7d6c01')
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${SECONDS}s`)
      .sign(privateKey);
  // The hub fetches it seldom; an open connection must not keep the benchmark from ending.
  server.unref();
  return { issuer, token };
}
