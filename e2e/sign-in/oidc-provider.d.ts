// oidc-provider ships without types; these are the parts of it that the sign-in server uses.
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface OidcGrant {
    addOIDCScope(scope: string): void;
    addResourceScope(resource: string, scope: string): void;
    save(): Promise<string>;
  }
  export interface OidcContext {
    readonly oidc: {
      readonly provider: Provider;
      readonly params: { scope?: string };
      readonly client: { readonly clientId: string };
      readonly account?: { readonly accountId: string };
      readonly session?: { readonly uid: string; readonly loginTs?: number };
    };
  }
  export interface OidcToken {
    readonly kind: string;
    readonly clientId: string;
    readonly accountId?: string;
    readonly sessionUid?: string;
  }
  export interface JwtParts {
    header?: Record<string, unknown>;
    payload: Record<string, unknown>;
  }
  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    readonly Grant: new (grant: { accountId: string; clientId: string }) => OidcGrant;
    use(
      layer: (
        ctx: { readonly path: string; readonly status: number; body: unknown },
        next: () => Promise<void>,
      ) => Promise<void>,
    ): void;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<{ readonly uid: string }>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: { login: { accountId: string } },
    ): Promise<void>;
    on(event: string, listener: (...args: readonly unknown[]) => void): this;
  }
  export const errors: {
    readonly InvalidScope: new (description: string, scope: string) => Error;
    readonly InvalidTarget: new () => Error;
    readonly SessionNotFound: new (description: string) => Error;
  };
  export const interactionPolicy: {
    base(): { remove(prompt: string): void };
  };
}

declare module 'oidc-provider/lib/adapters/memory_adapter.js' {
  export function createMemoryAdapter(): (model: string) => unknown;
}
