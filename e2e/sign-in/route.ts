import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Directory } from './directory.ts';
import { login } from './login.ts';
import { type keycloakLikeProvider, LOGIN, PROTOCOL } from './provider.ts';
import { readBody } from './read-body.ts';
import { introspect, type TokenEndpointOptions, userinfo } from './token-endpoints.ts';

export const REALM = '/realms/care';

export interface Routing {
  readonly provider: ReturnType<typeof keycloakLikeProvider>;
  readonly callback: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly tokens: TokenEndpointOptions;
  readonly directory: Directory;
  readonly password: string;
  readonly issuer: string;
}

/** Sends a request to where Keycloak would answer it. Never throws. */
export async function route(request: IncomingMessage, response: ServerResponse, to: Routing): Promise<void> {
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
