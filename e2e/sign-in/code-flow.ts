import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

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
  const action = /<form[^>]*id="kc-form-login"[^>]*action="([^"]+)"/.exec(await form.text())?.[1];
  if (action === undefined) throw new Error(`no sign-in form (status ${form.status})`);
  const answer = await browse(new URL(unescaped(action), form.url), {
    username: options.login,
    password: options.password,
  });
  throwIfRefused(answer);
  const code = redirectOf(answer)?.searchParams.get('code') ?? null;
  if (code === null) throw new Error(`sign-in failed: status ${answer.status}`);
  return redeem(options, code, verifier);
}

function redirectOf(response: Response): URL | null {
  const location = response.headers.get('location');
  return location === null ? null : new URL(location, response.url);
}

function throwIfRefused(response: Response): void {
  const error = redirectOf(response)?.searchParams.get('error') ?? null;
  if (error !== null) throw new Error(`sign-in refused: ${error}`);
}

function authorizationUrl({ issuer, clientId, redirectUri, scope }: CodeFlowOptions, verifier: string): URL {
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

/** Keeps cookies and follows redirects within the sign-in server; stops at the one that leads out of it. */
function browserless() {
  const cookies = new Map<string, string>();
  return async function browse(url: URL, form?: Record<string, string>): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const next = redirectOf(response);
    if (next === null || next.origin !== url.origin) return response;
    await response.body?.cancel();
    return browse(next);
  };
}

function unescaped(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replaceAll('&amp;', '&');
}
