/** The load balancer of docker-compose.yml, the real HAProxy by ops/haproxy.cfg, before two servers that play gateways. */
import { mkdtempSync, rmSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  request as plainRequest,
  type Server,
  type ServerResponse,
} from 'node:http';
import { once } from 'node:events';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { selfSigned } from '../../gateway/subgraph-sources/http/self-signed.fixture.ts';
import { until } from '../../e2e/harness/until.ts';
import { type RunningHaproxy, startHaproxy } from '../../e2e/stack/servers/haproxy.ts';

// The first run on a machine installs the server.
jest.setTimeout(300_000);

interface Played {
  readonly name: string;
  readonly address: string;
  ready: boolean;
  /** What it does with a request that is none for its health. */
  answer: (asked: IncomingMessage, response: ServerResponse) => void;
  readonly asked: string[];
  close(): Promise<void>;
}

const answerPlainly = (name: string) => (asked: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ name, url: asked.url, headers: asked.headers }));
};

async function played(name: string): Promise<Played> {
  const server: Server = createServer((asked, response) => {
    if (asked.url === '/readyz' || asked.url === '/health/ready') response.writeHead(self.ready ? 200 : 503).end();
    else {
      self.asked.push(`${asked.method} ${asked.url}`);
      self.answer(asked, response);
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const self: Played = {
    name,
    address: `127.0.0.1:${port}`,
    ready: true,
    answer: answerPlainly(name),
    asked: [],
    close: async () => {
      server.closeAllConnections();
      server.close();
      if (server.listening) await once(server, 'close');
    },
  };
  return self;
}

const folder = mkdtempSync(join(tmpdir(), 'xinqiao-balancer-'));
const identity = selfSigned('hub.city.example');
let [one, other, keycloak]: Played[] = [];
let balancer: RunningHaproxy;

beforeAll(async () => {
  [one, other, keycloak] = await Promise.all(['one', 'other', 'keycloak'].map(played));
  if (!one || !other || !keycloak) throw new Error('not started');
  balancer = await startHaproxy({
    folder,
    gateways: [one.address, other.address],
    keycloak: { address: keycloak.address, healthPort: Number(keycloak.address.split(':')[1]) },
    certificate: identity.cert + identity.key,
  });
  await until(async () => (await ask('/graphql')).status === 200 && (await ask('/realms/care/x', SSO)).status === 200);
});
afterAll(async () => {
  await balancer.stop();
  for (const server of [one, other, keycloak]) await server?.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  for (const server of [one, other]) {
    if (!server) continue;
    server.ready = true;
    server.answer = answerPlainly(server.name);
    server.asked.length = 0;
  }
});

interface Asked {
  readonly host?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
}
/** Also where no server answered. */
const OF_ITS_OWN = {
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};
const SSO = { host: 'sso.city.example' };
interface Told {
  readonly name?: string;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  readonly headers?: Record<string, string>;
}

async function ask(path: string, { host = 'hub.city.example', method = 'GET', headers = {} }: Asked = {}) {
  const asked = request(balancer.url + path, {
    ca: identity.cert,
    servername: 'hub.city.example',
    method,
    agent: false,
    headers: { host, ...headers },
  });
  asked.end(method === 'POST' ? '{}' : undefined);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const body = (await json(response).catch(() => ({}))) as Told;
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

const both = () =>
  until(async () => new Set([await ask('/graphql'), await ask('/graphql')].map(({ body }) => body.name)).size === 2);

describe('what comes in', () => {
  test.each([
    ['/graphql', 'hub.city.example', 200],
    ['/graphql?query={__typename}', 'hub.city.example:443', 200],
    ['/schema.graphql', 'hub.city.example', 200],
    ['/.well-known/security.txt', 'HUB.city.example', 200],
    ['/readyz', 'hub.city.example', 404],
    ['/livez', 'hub.city.example', 404],
    ['/metrics', 'hub.city.example', 404],
    ['/backchannel-logout', 'hub.city.example', 404],
    ['/graphql/../readyz', 'hub.city.example', 404],
    ['/realms/care/protocol/openid-connect/certs', 'sso.city.example', 200],
    ['/resources/x.css', 'sso.city.example', 200],
    ['/realms/master/protocol/openid-connect/token', 'sso.city.example', 404],
    ['/admin/master/console/', 'sso.city.example', 404],
    ['/graphql', 'elsewhere.example', 404],
    ['/graphql', '127.0.0.1', 404],
  ])('%s of %s is answered by %p', async (path, host, status) => {
    expect((await ask(path, { host })).status).toBe(status);
  });

  test.each([
    ['POST', '/backchannel-logout', 200],
    ['GET', '/backchannel-logout', 404],
    ['POST', '/backchannel-logout/../graphql', 404],
    ['POST', '/graphql', 404],
    ['GET', '/readyz', 404],
  ])('where Keycloak tells of sessions that end, %s %s is answered by %p', async (method, path, status) => {
    const asked = plainRequest(new URL(balancer.signOutUrl).origin, { path, method, agent: false });
    asked.end(method === 'POST' ? 'logout_token=x' : undefined);
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(status);
    expect([...(one?.asked ?? []), ...(other?.asked ?? [])]).toEqual(status === 200 ? [`${method} ${path}`] : []);
  });

  test('without TLS it is sent on to it', async () => {
    const answer = await fetch(`http://127.0.0.1:${balancer.plainPort}/graphql`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      308,
      `https://127.0.0.1:${balancer.plainPort}/graphql`,
    ]);
  });

  test.each([
    ['/readyz', 404],
    ['/graphql', 502],
    ['/graphql', 504],
  ])(
    'what the balancer answers itself, %s with %p, comes by TLS alone too and is nobody’s to keep',
    async (path, status) => {
      const answer = (asked: IncomingMessage) => status === 502 && asked.socket.destroy();
      for (const server of [one, other]) if (server) server.answer = answer;
      const told = await ask(path, { method: 'POST' });
      expect([told.status, told.headers]).toEqual([status, expect.objectContaining(OF_ITS_OWN)]);
    },
  );

  test('what a server says may be kept stays so', async () => {
    if (keycloak)
      keycloak.answer = (_asked, response) => void response.writeHead(200, { 'cache-control': 'max-age=60' }).end();
    const { headers } = await ask('/resources/x.css', SSO);
    expect(headers).toMatchObject({ ...OF_ITS_OWN, 'cache-control': 'max-age=60' });
  });

  test('browsers are told to come by TLS; what a client says of its way is not believed, what it asks with is handed on', async () => {
    const headers = {
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-host': 'evil.example',
      forwarded: 'for=6.6.6.6',
      authorization: 'Bearer x',
      'x-purpose-of-use': 'CARE',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    };
    const { body, headers: answered } = await ask('/graphql', { headers });
    expect(answered['strict-transport-security']).toBe('max-age=31536000');
    expect(body.headers).toMatchObject({
      host: 'hub.city.example',
      authorization: 'Bearer x',
      'x-purpose-of-use': 'CARE',
      traceparent: headers.traceparent,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'hub.city.example',
      'x-forwarded-proto': 'https',
    });
    expect(body.headers).not.toHaveProperty('forwarded');
  });
});

describe('two gateways', () => {
  test('share the work', async () => {
    await both();
    expect([one?.asked.length, other?.asked.length]).not.toContain(0);
  });

  test('one that is not ready gets nothing, and again when it is', async () => {
    await both();
    if (one) one.ready = false;
    await until(async () => {
      if (one) one.asked.length = 0;
      for (let n = 0; n < 4; n += 1) await ask('/graphql');
      return one?.asked.length === 0;
    });
    if (one) one.ready = true;
    await both();
  });

  test('where none is ready they are asked all the same, for what they can still answer', async () => {
    await both();
    for (const server of [one, other]) if (server) server.ready = false;
    // As the checks see it after four seconds; nobody is refused before, meanwhile or after.
    const answers = [];
    for (const end = Date.now() + 6_000; Date.now() < end;) answers.push(await ask('/graphql'));
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  });

  test('a change that a gateway took and did not answer is not sent to the other: it may have been made', async () => {
    await both();
    for (const server of [one, other]) if (server) server.answer = (asked) => void asked.socket.destroy();
    const { status, body } = await ask('/graphql', { method: 'POST' });
    expect([status, body.errors]).toEqual([
      502,
      [{ message: expect.stringMatching(/同一幂等键重试.*idempotency key/), extensions: { code: 'UNAVAILABLE' } }],
    ]);
    expect([...(one?.asked ?? []), ...(other?.asked ?? [])].filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });

  test('a client that goes is gone for the gateway too', async () => {
    await both();
    for (const server of [one, other]) server?.asked.splice(0);
    const gone = Promise.withResolvers<string>();
    for (const server of [one, other])
      if (server) server.answer = (asked) => void asked.socket.once('close', () => gone.resolve(server.name));
    const asked = request(`${balancer.url}/graphql`, {
      ca: identity.cert,
      servername: 'hub.city.example',
      agent: false,
      headers: { host: 'hub.city.example' },
    });
    asked.on('error', () => undefined).end();
    await until(async () => [...(one?.asked ?? []), ...(other?.asked ?? [])].some((line) => line === 'GET /graphql'));
    asked.destroy();
    expect(await gone.promise).toMatch(/one|other/);
    // Well before the balancer gives up on the gateway (15 s).
  }, 10_000);

  test('one that has died costs nobody an answer', async () => {
    await both();
    await one?.close();
    const answers = [];
    for (let n = 0; n < 20; n += 1) answers.push(await ask('/graphql', { method: 'POST' }));
    expect(answers.map(({ status, body }) => [status, body.name])).toEqual(answers.map(() => [200, 'other']));
  });

  test('where none lives, that is told in the shape of the hub’s own refusals', async () => {
    for (const server of [one, other]) await server?.close();
    const { status, headers, body } = await ask('/graphql', { method: 'POST' });
    expect(headers).toMatchObject(OF_ITS_OWN);
    expect([status, headers['content-type'], body.errors]).toEqual([
      503,
      'application/json',
      [{ message: expect.stringMatching(/稍后再试.*later/), extensions: { code: 'UNAVAILABLE' } }],
    ]);
  });
});
