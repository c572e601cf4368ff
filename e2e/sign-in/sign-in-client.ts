import { z } from 'zod';
import { type CodeFlowOptions, type PersonTokens, signInByCode } from './code-flow.ts';

export interface SignInClientOptions {
  readonly issuer: string;
  readonly secretOf: (clientId: string) => string;
  readonly password: string;
}

export interface SignInClient {
  /** An access token by client credentials: the client's default scopes and those of `scope`. */
  tokenFor(clientId: string, options?: { scope?: string }): Promise<string>;
  /** An access token of a demo person, by code and PKCE. */
  signIn(login: string, options?: { scope?: string }): Promise<string>;
  /** The same, with the ID token. */
  tokensOf(login: string, options?: { scope?: string }): Promise<PersonTokens>;
}

const tokenAnswer = z.object({ access_token: z.string() });
/** Whoever signs in. Nobody need listen there: the code is read from the redirect. */
export const CONSOLE = { clientId: 'hub-console', redirectUri: 'http://127.0.0.1:4000/console/callback' };

/** Gets tokens from a sign-in server, this one or a Keycloak with the same realm. */
export function signInClient({ issuer, secretOf, password }: SignInClientOptions): SignInClient {
  const tokensOf: SignInClient['tokensOf'] = (login, { scope } = {}) => {
    const flow: CodeFlowOptions = { ...CONSOLE, issuer, login, password, ...(scope !== undefined && { scope }) };
    return signInByCode(flow);
  };
  return {
    tokensOf,
    signIn: async (login, options) => (await tokensOf(login, options)).access_token,
    async tokenFor(clientId, { scope } = {}) {
      const response = await fetch(`${issuer}/protocol/openid-connect/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secretOf(clientId)}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope !== undefined && { scope }) }),
      });
      if (!response.ok) throw new Error(`no token for ${clientId}: ${await response.text()}`);
      return tokenAnswer.parse(await response.json()).access_token;
    },
  };
}
