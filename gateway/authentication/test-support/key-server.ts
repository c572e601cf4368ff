import { createServer, type ServerResponse } from 'node:http';
import type { JWK } from 'jose';

/** How the key endpoint behaves. */
export type KeyServerMood = 'well' | 'html' | 'hang' | 'error' | 'endless' | 'redirect' | 'garbage';

export interface KeyServer {
  readonly url: string;
  readonly fetches: () => number;
  publish(keys: readonly JWK[]): void;
  behave(mood: KeyServerMood): void;
  /** Nobody listens there any more. */
  close(): Promise<void>;
}

/** A key endpoint that can be broken in every way. */
export async function startKeyServer(published: readonly JWK[]): Promise<KeyServer> {
  let keys = published;
  let mood: KeyServerMood = 'well';
  let fetches = 0;
  const server = createServer((request, response) => {
    if (request.url === '/certs') fetches += 1;
    answer(response, mood, keys);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/certs`,
    fetches: () => fetches,
    publish: (next) => void (keys = next),
    behave: (next) => void (mood = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(response: ServerResponse, mood: KeyServerMood, keys: readonly JWK[]): void {
  if (mood === 'hang') return;
  if (mood === 'error') response.writeHead(500).end(JSON.stringify({ keys }));
  else if (mood === 'redirect') response.writeHead(302, { location: '/elsewhere' }).end();
  else if (mood === 'html') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>maintenance</html>');
  else if (mood === 'garbage') response.writeHead(200, { 'content-type': 'application/json' }).end('{"keys": "none"}');
  else if (mood === 'endless') endless(response, JSON.stringify({ keys }));
  else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
}

/** A right answer that never stops: white space is valid after JSON. */
function endless(response: ServerResponse, json: string): void {
  response.writeHead(200, { 'content-type': 'application/json' }).write(json);
  const more = () => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
  };
  response.on('drain', more);
  more();
}
