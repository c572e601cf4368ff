import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { browserless, formIn, redirectOf } from './browserless.ts';

export interface CodeFlowOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly login: string;
  readonly password: string;
  readonly scope?: string;
}

const tokenAnswer = z.object({
  access_token: z.string(),
  id_token: z.string().optional(),
  /** Of Keycloak alone: what the development sign-in server gives cannot be renewed. */
  refresh_token: z.string().optional(),
  session_state: z.string().optional(),
});
export type PersonTokens = z.infer<typeof tokenAnswer>;

/** Signs a person in by code and PKCE without a browser; works with this sign-in server and with Keycloak's own page. */
export async function signInByCode(options: CodeFlowOptions): Promise<PersonTokens> {
  const verifier = randomBytes(32).toString('base64url');
  const browse = browserless();
  const form = await browse(authorizationUrl(options, verifier));
  throwIfRefused(form);
  const answer = await browse(await formIn(form, 'kc-form-login'), {
    username: options.login,
    password: options.password,
  });
  throwIfRefused(answer);
  const code = redirectOf(answer)?.searchParams.get('code') ?? null;
  if (code === null) throw new Error(`sign-in failed: status ${answer.status}`);
  return redeem(options, code, verifier);
}

function throwIfRefused(response: Response): void {
  const error = redirectOf(response)?.searchParams.get('error') ?? null;
  if (error !== null) throw new Error(`sign-in refused: ${error}`);
}

/** Where a browser begins; `verifier` is of PKCE. */
export function authorizationUrl(
  { issuer, clientId, redirectUri, scope }: Omit<CodeFlowOptions, 'login' | 'password'>,
  verifier: string,
): URL {
  const url = new URL(`${issuer}/protocol/openid-connect/auth`);
  url.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: scope === undefined ? 'openid' : `openid ${scope}`,
    state: randomBytes(8).toString('hex'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  return url;
}

async function redeem({ issuer, clientId, redirectUri }: CodeFlowOptions, code: string, verifier: string) {
  const response = await fetch(`${issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    }),
  });
  if (!response.ok) throw new Error(`no token: ${await response.text()}`);
  return tokenAnswer.parse(await response.json());
}
