import { randomBytes } from 'node:crypto';
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';
import Provider, { interactionPolicy, type JwtParts, type OidcContext, type OidcToken } from 'oidc-provider';
import type { Client } from '../../schema/clients.ts';
import type { Directory } from './directory.ts';
import { grantedScope } from './granted-scope.ts';
import { keycloakClaims } from './keycloak-claims.ts';
import type { SigningAlgorithm, SigningKey } from './signing-keys.ts';

// oidc-provider knows an API by a URI; the audience in the token is Keycloak's plain client id.
const RESOURCE = 'urn:xinqiao:hub-api';
// Keycloak's default lifespan of an access token.
const TOKEN_SECONDS = 300;
export const PROTOCOL = '/protocol/openid-connect';
export const LOGIN = '/login-actions/authenticate';

const cookieKey = randomBytes(32).toString('base64url');
// Named, because the same one by default comes with a warning at every start.
const adapter = createMemoryAdapter();

export interface ProviderOptions {
  readonly issuer: string;
  readonly directory: Directory;
  readonly keys: readonly SigningKey[];
  /** Asked for each token. */
  readonly algorithm: () => SigningAlgorithm;
  /** Keycloak's not-before of the realm, in seconds; 0 = none. */
  readonly notBefore: () => number;
}

/** oidc-provider, set up to speak as Keycloak does: paths, clients, scopes and claims. */
export function keycloakLikeProvider(options: ProviderOptions): Provider {
  const { issuer, directory, keys, notBefore } = options;
  const prompts = interactionPolicy.base();
  // Keycloak asks for no consent between a programme's own applications; what a person holds is cut in `grantOf`.
  prompts.remove('consent');
  const provider = new Provider(issuer, {
    clients: directory.clients.map((client) => metadata(client, directory)),
    jwks: { keys: keys.map(({ privateJwk }) => privateJwk) },
    adapter,
    cookies: { keys: [cookieKey] },
    routes: {
      authorization: `${PROTOCOL}/auth`,
      token: `${PROTOCOL}/token`,
      jwks: `${PROTOCOL}/certs`,
      end_session: `${PROTOCOL}/logout`,
    },
    scopes: ['openid'],
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    discovery: {
      userinfo_endpoint: `${issuer}${PROTOCOL}/userinfo`,
      introspection_endpoint: `${issuer}${PROTOCOL}/token/introspect`,
    },
    pkce: { required: () => true },
    features: features(options),
    interactions: {
      policy: prompts,
      url: (_: OidcContext, { uid }: { uid: string }) => `${pathOf(issuer)}${LOGIN}/${uid}`,
    },
    findAccount: (_: OidcContext, subject: string) => accountOf(directory, subject),
    loadExistingGrant: (ctx: OidcContext) => grantOf(directory, ctx),
    extraTokenClaims: (_: OidcContext, token: OidcToken) => keycloakClaims(directory, token),
    formats: {
      customizers: { jwt: (_: OidcContext, token: OidcToken, jwt: JwtParts) => likeKeycloak(directory, token, jwt) },
    },
    ttl: {
      AccessToken: TOKEN_SECONDS,
      ClientCredentials: TOKEN_SECONDS,
      AuthorizationCode: 60,
      IdToken: TOKEN_SECONDS,
      Interaction: 1_800,
      Session: 36_000,
      Grant: 36_000,
    },
    conformIdTokenClaims: false,
    renderError,
  });
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.status !== 200) return;
    if (ctx.path.endsWith('/.well-known/openid-configuration'))
      ctx.body = { ...Object(ctx.body), scopes_supported: scopesOf(directory) };
    if (ctx.path.endsWith(`${PROTOCOL}/token`)) ctx.body = { ...Object(ctx.body), 'not-before-policy': notBefore() };
  });
  return provider;
}

/** All that there are, as Keycloak lists the client scopes of its realm. */
function scopesOf({ clients }: Directory): readonly string[] {
  return ['openid', ...new Set(clients.flatMap(({ scopes, optionalScopes }) => [...scopes, ...optionalScopes]))];
}

function features({ directory, algorithm }: ProviderOptions) {
  return {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    // Answered in `token-endpoints.ts`: oidc-provider's own refuse tokens in JWT form.
    userinfo: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      useGrantedResource: () => true,
      getResourceServerInfo: (ctx: OidcContext) => {
        const client = directory.client(ctx.oidc.client.clientId);
        if (client === undefined) throw new Error('unknown client');
        // The one place that every flow passes before it looks at the scope that was asked for.
        ctx.oidc.params.scope = grantedScope(client, ctx.oidc.params.scope);
        return {
          scope: [...client.scopes, ...client.optionalScopes, 'openid'].join(' '),
          audience: directory.audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: TOKEN_SECONDS,
          jwt: { sign: { alg: algorithm() } },
        };
      },
    },
  };
}

function metadata({ clientId, kind, redirectUris }: Client, directory: Directory): Record<string, unknown> {
  const signs = { client_id: clientId, id_token_signed_response_alg: 'RS256' };
  if (kind === 'public') {
    // `native`: any port of a loopback redirect will do (RFC 8252 section 7.3).
    const open = { token_endpoint_auth_method: 'none', application_type: 'native' };
    return {
      ...signs,
      ...open,
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: redirectUris,
    };
  }
  const secret = { client_secret: directory.secretOf(clientId), token_endpoint_auth_method: 'client_secret_basic' };
  return { ...signs, ...secret, grant_types: ['client_credentials'], response_types: [], redirect_uris: [] };
}

function accountOf(directory: Directory, subject: string) {
  const person = directory.bySubject(subject);
  if (person === undefined) return undefined;
  return { accountId: subject, claims: () => ({ sub: subject, preferred_username: person.login }) };
}

/** Of what the console asked for, a person gets what the person holds; the rest is left out silently, as in Keycloak. */
async function grantOf(directory: Directory, { oidc }: OidcContext) {
  const person = oidc.account && directory.bySubject(oidc.account.accountId);
  if (person === undefined) return undefined;
  const grant = new oidc.provider.Grant({ accountId: person.subject, clientId: oidc.client.clientId });
  grant.addOIDCScope('openid');
  grant.addResourceScope(RESOURCE, ['openid', ...person.scopes].join(' '));
  await grant.save();
  return grant;
}

function likeKeycloak(directory: Directory, token: OidcToken, jwt: JwtParts): void {
  jwt.header = { ...jwt.header, typ: 'JWT' };
  jwt.payload.scope ??= '';
  if (token.accountId === undefined) jwt.payload.sub = directory.client(token.clientId)?.subject;
}

function renderError(
  ctx: { type: string; body: string },
  { error, error_description: why = '' }: Record<string, string>,
) {
  ctx.type = 'text/plain';
  ctx.body = `登录未能完成。 / Sign-in failed: ${error} ${why}\n`;
}

function pathOf(issuer: string): string {
  return new URL(issuer).pathname;
}
