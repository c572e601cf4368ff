/** What only a real connection shows: how much of a bad answer is taken, and that its connection is let go. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from '@jest/globals';
import { soapCivilAffairsSource } from '../../adapters/civil-affairs/soap-civil-affairs-source.ts';
import { restEducationSource } from '../../adapters/education/rest-education-source.ts';
import { fhirHealthSource } from '../../adapters/health/fhir-health-source.ts';
import { signedUnionSource } from '../../adapters/union/signed-union-source.ts';

const TIMEOUT_MS = 20_000;

interface OnTheNetwork {
  readonly type: string;
  read(url: string, timeoutMs?: number): Promise<unknown>;
}
const DEPARTMENTS: Readonly<Record<string, OnTheNetwork>> = {
  education: {
    type: 'application/json',
    read: (EDUCATION_URL, EDUCATION_TIMEOUT_MS = TIMEOUT_MS) =>
      restEducationSource({
        EDUCATION_URL,
        EDUCATION_TIMEOUT_MS,
        EDUCATION_CLIENT_ID: 'hub',
        EDUCATION_CLIENT_SECRET: 'secret',
      }).enrolmentOf(['A1']),
  },
  health: {
    type: 'application/fhir+json',
    read: (HEALTH_URL, HEALTH_TIMEOUT_MS = TIMEOUT_MS) =>
      fhirHealthSource({ HEALTH_URL, HEALTH_TIMEOUT_MS, HEALTH_TOKEN: 'token' }).visitsOf(['a']),
  },
  'civil-affairs': {
    type: 'text/xml',
    read: (url, CIVIL_AFFAIRS_TIMEOUT_MS = TIMEOUT_MS) =>
      soapCivilAffairsSource({
        CIVIL_AFFAIRS_URL: `${url}/care`,
        CIVIL_AFFAIRS_TIMEOUT_MS,
        CIVIL_AFFAIRS_USER: 'hub',
        CIVIL_AFFAIRS_PASSWORD: 'secret',
      }).assistanceOf(['a']),
  },
  union: {
    type: 'application/json',
    read: (UNION_URL, UNION_TIMEOUT_MS = TIMEOUT_MS) =>
      signedUnionSource({
        UNION_URL,
        UNION_TIMEOUT_MS,
        UNION_APP_KEY: 'app',
        UNION_APP_SECRET: 'secret',
      }).hardshipAidOf(['A1']),
  },
};

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

async function served(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

const codeOf = async (read: Promise<unknown>): Promise<unknown> =>
  read.then(
    () => 'answered',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );

const GIGABYTES = 2 * 1024 ** 3;
/** What the limit of a body leaves, and what stands in buffers of both sides. */
const MOST_SENT = 40 * 1024 ** 2;

/** Sends so much, as fast as it is taken; tells how much that was when the connection is gone. */
async function sent(
  response: ServerResponse,
  headers: Record<string, string>,
  pack = (body: Readable) => body,
): Promise<number> {
  response.writeHead(200, headers);
  let bytes = 0;
  const piece = Buffer.alloc(65_536, '[');
  const body = Readable.from(
    (function* pieces() {
      for (; bytes < GIGABYTES; bytes += piece.length) yield piece;
    })(),
  );
  pack(body)
    .on('error', () => undefined)
    .pipe(response);
  await once(response, 'close');
  body.destroy();
  return bytes;
}

describe.each(Object.entries(DEPARTMENTS))('%s, taken over', (_, { type, read }) => {
  test('case 45: of a body of 2 GB a few megabytes are taken, and the connection is closed', async () => {
    const { promise, resolve } = Promise.withResolvers<number>();
    const url = await served((_request, response) => void sent(response, { 'content-type': type }).then(resolve));
    expect(await codeOf(read(url))).toBe('SOURCE_INVALID');
    expect(await promise).toBeLessThan(MOST_SENT);
  });

  test('case 45: of a packed body of 2 GB as little is unpacked', async () => {
    const { promise, resolve } = Promise.withResolvers<number>();
    const headers = { 'content-type': type, 'content-encoding': 'gzip' };
    const url = await served(
      (_request, response) => void sent(response, headers, (body) => body.pipe(createGzip({ level: 1 }))).then(resolve),
    );
    expect(await codeOf(read(url))).toBe('SOURCE_INVALID');
    // A thousandth of it fills the buffers.
    expect(await promise).toBeLessThan(GIGABYTES);
  });

  test('case 45: a body that drips ends at the deadline, and its connection with it', async () => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const url = await served((_request, response) => {
      response.writeHead(200, { 'content-type': type });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => {
        clearInterval(drip);
        resolve(true);
      });
    });
    expect(await codeOf(read(url, 300))).toBe('SOURCE_TIMEOUT');
    expect(await promise).toBe(true);
  });

  test('case 56: a redirect leads nowhere, and no credential goes there', async () => {
    let asked = 0;
    const elsewhere = await served((_request, response) => {
      asked += 1;
      response.end();
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const url = await served((_request, response) => response.writeHead(status, { location: elsewhere }).end());
      expect(await codeOf(read(url))).toBe('SOURCE_INVALID');
    }
    expect(asked).toBe(0);
  });

  test('headers without end are no answer', async () => {
    const url = await served((_request, response) => {
      const many = Array.from({ length: 200 }, (_one, i): [string, string] => [`x-${i}`, 'y'.repeat(1_000)]);
      response.writeHead(200, Object.fromEntries([['content-type', type], ...many])).end('{}');
    });
    expect(await codeOf(read(url))).toBe('SOURCE_UNAVAILABLE');
  });
});
