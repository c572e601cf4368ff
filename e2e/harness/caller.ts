import { askHub, type HubAnswer } from './hub-client.ts';
import type { Stack } from './start-stack.ts';

interface AskOptions {
  readonly purpose?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody with a token who asks the hub. */
export interface Caller {
  readonly token: string;
  ask(query: string, variables?: Readonly<Record<string, unknown>>, options?: AskOptions): Promise<HubAnswer>;
}

/** A department's system with its own scopes, and those that it asks for besides. */
export async function caller({ gateway, signIn }: Stack, client: string, ...scopes: string[]): Promise<Caller> {
  return withToken(gateway, await signIn.tokenFor(client, { scope: scopes.join(' ') }));
}

/** A human being who signs in through the console. */
export async function worker({ gateway, signIn }: Stack, login: string): Promise<Caller> {
  return withToken(gateway, await signIn.signIn(login));
}

/** The same caller at another hub. */
export function withToken(gateway: string, token: string): Caller {
  return {
    token,
    ask: async (query, variables = {}, options = {}) => askHub(gateway, { token, query, variables, ...options }),
  };
}
