import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JSONWebKeySet, JWK } from 'jose';

/** How the endpoint of the keys behaves. */
export type KeyMood = 'well' | 'html' | 'hang' | 'error';

/** Stands between the hub and the keys of the sign-in server: it can be broken, and it counts. */
export interface KeyProxy {
  /** `OIDC_JWKS_URL` of the hub. */
  readonly url: string;
  /** How often the keys were fetched. */
  readonly fetches: () => number;
  behave(mood: KeyMood): void;
  /** The sign-in server whose keys are handed on. */
  before(issuer: string): void;
  close(): Promise<void>;
}

/** On loopback. `more` are put beside the keys of the sign-in server. */
export async function keyProxy(more: () => readonly JWK[]): Promise<KeyProxy> {
  let [issuer, mood, fetches]: [string, KeyMood, number] = ['', 'well', 0];
  const server = createServer((_, response) => {
    fetches += 1;
    void answer(response).catch(() => response.destroy());
  });
  async function answer(response: ServerResponse): Promise<void> {
    if (mood === 'hang') return;
    if (mood === 'html') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>maintenance</p>');
    const others = await fetch(`${issuer}/protocol/openid-connect/certs`);
    const { keys } = (await others.json()) as JSONWebKeySet;
    response.writeHead(mood === 'error' ? 500 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: [...keys, ...more()] }));
  }
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/certs`,
    fetches: () => fetches,
    behave: (next) => void (mood = next),
    before: (next) => void (issuer = next),
    close: async () => {
      server.closeAllConnections();
      server.close();
      if (server.listening) await once(server, 'close');
    },
  };
}
