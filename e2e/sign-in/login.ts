import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { Directory } from './directory.ts';
import { loginPage } from './login-page.ts';
import { readBody } from './read-body.ts';

export interface LoginOptions {
  readonly provider: Provider;
  readonly directory: Directory;
  readonly password: string;
}

/** Shows the sign-in form and takes it back. */
export async function login(request: IncomingMessage, response: ServerResponse, options: LoginOptions): Promise<void> {
  const { provider, directory, password } = options;
  // Throws when this browser did not begin at the authorization endpoint.
  await provider.interactionDetails(request, response);
  if (request.method === 'POST') {
    const form = new URLSearchParams(await readBody(request));
    const person = directory.person(form.get('username') ?? '');
    if (person !== undefined && same(form.get('password') ?? '', password)) {
      return provider.interactionFinished(request, response, { login: { accountId: person.subject } });
    }
  }
  const failed = request.method === 'POST';
  const action = new URL(request.url ?? '/', 'http://localhost').pathname;
  response.writeHead(failed ? 401 : 200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' http://127.0.0.1:*; frame-ancestors 'none'; base-uri 'none'",
  });
  response.end(loginPage({ action, people: directory.people, password, failed }));
}

function same(a: string, b: string): boolean {
  const [x, y] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return x !== undefined && y !== undefined && timingSafeEqual(x, y);
}
