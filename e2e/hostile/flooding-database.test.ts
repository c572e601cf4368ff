/** Servers that speak PostgreSQL's and MariaDB's protocol and then do not stop. */
import { afterEach, expect, test } from '@jest/globals';
import { sqlJusticeSource } from '../../adapters/justice/sql-justice-source.ts';
import { floodingServer } from './flooding-server.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

const PIECE = 1024 ** 2;
const MOST_BYTES = 100 * 1024 ** 2;

/** A read of the database at this address fails as one whose answer cannot be used. */
async function expectUseless(url: string): Promise<void> {
  const source = sqlJusticeSource({
    JUSTICE_URL: url,
    JUSTICE_PASSWORD: 'secret',
    JUSTICE_TIMEOUT_MS: 20_000,
    JUSTICE_POOL_SIZE: 1,
  });
  opened.push(source);
  await expect(source.mediationOf(['J1'])).rejects.toMatchObject({ code: 'SOURCE_INVALID', source: 'justice' });
}

/** PostgreSQL 53.7: a letter, the length of what follows with itself, and that. */
function message(letter: string, content: Uint8Array = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(5);
  head.write(letter, 0, 'latin1');
  head.writeUInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}
const AUTHENTICATED = message('R', Buffer.alloc(4));
const READY = message('Z', Buffer.from('T'));
const DONE = message('C', Buffer.from('BEGIN\0'));
const ONE_COLUMN = message('T', Buffer.concat([Buffer.from([0, 1]), Buffer.from('known_no\0'), Buffer.alloc(18)]));
const row = (size: number) => {
  const lengths = Buffer.alloc(6);
  lengths.writeUInt16BE(1, 0);
  lengths.writeUInt32BE(size, 2);
  return message('D', Buffer.concat([lengths, Buffer.alloc(size, 'x')]));
};

test.each([
  ['rows without end', [Buffer.concat([message('1'), message('2'), ONE_COLUMN]), row(PIECE)]],
  [
    'one row of 2 GB',
    [
      Buffer.concat([message('1'), message('2'), ONE_COLUMN, Buffer.from([0x44, 0x7f, 0xff, 0xff, 0xff])]),
      Buffer.alloc(PIECE),
    ],
  ],
  ['notices without end', [message('1'), message('N', Buffer.from(`M${'x'.repeat(60_000)}\0\0`))]],
])('case 45: of a PostgreSQL that answers with %s little is taken, and the connection is closed', async (_, flood) => {
  const server = await floodingServer(
    {
      replyTo: (asked, first) => {
        if (first) return Buffer.concat([AUTHENTICATED, READY]);
        return asked[0] === 0x51 ? Buffer.concat([DONE, READY]) : 'flood';
      },
    },
    flood,
  );
  opened.push(server);
  await expectUseless(`postgresql://hub@127.0.0.1:${server.port}/care?sslmode=disable`);
  expect(await server.sent).toBeLessThan(MOST_BYTES);
});

/** MySQL's protocol: the length in three bytes, the place in the sequence, the content. */
function packet(sequence: number, content: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUIntLE(content.length, 0, 3);
  head.writeUInt8(sequence, 3);
  return Buffer.concat([head, content]);
}
const GREETING = packet(
  0,
  Buffer.concat([
    Buffer.from('\x0a10.11.0-MariaDB\0'),
    Buffer.from([1, 0, 0, 0]),
    Buffer.from('saltsalt\0'),
    // Protocol 4.1, secure connection, authentication by plugin; utf8mb4; autocommit.
    Buffer.from([0x00, 0x82, 45, 2, 0, 0x08, 0x00, 21]),
    Buffer.alloc(10),
    Buffer.from('saltsaltsalt\0mysql_native_password\0'),
  ]),
);
const okay = (sequence: number) => packet(sequence, Buffer.from([0, 0, 0, 2, 0, 0, 0]));
const PREPARE = 0x16;
/** A prepared statement with 65,535 parameters, which will now be described. */
const PREPARED = packet(1, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0]));
const text = (content: string) => {
  const length = Buffer.from([0xfc, 0, 0]);
  length.writeUInt16LE(content.length, 1);
  return Buffer.concat([length, Buffer.from(content)]);
};
const DESCRIPTION = Buffer.concat([
  ...['def', '', '', '', 'x'.repeat(60_000), ''].map(text),
  Buffer.from([0x0c, 63, 0, 0, 0, 0, 0, 0xfd, 0, 0, 0, 0, 0]),
]);
/** In sequence from the one after `PREPARED`, so that they can be said over and over. */
const DESCRIPTIONS = Array.from({ length: 256 }, (_, i) => packet((i + 2) % 256, DESCRIPTION));

test.each([
  ['descriptions without end', [PREPARED, ...DESCRIPTIONS]],
  // The longest packet says by its length that another belongs to it.
  ['one packet without end', [Buffer.from([0xff, 0xff, 0xff, 1]), Buffer.alloc(PIECE, 0xff)]],
])('case 45: of a MariaDB that answers with %s little is taken, and the connection is closed', async (_, flood) => {
  const server = await floodingServer(
    {
      greeting: GREETING,
      replyTo: (asked, first) => {
        if (first) return okay(2);
        return asked[4] === PREPARE ? 'flood' : okay(1);
      },
    },
    flood,
  );
  opened.push(server);
  await expectUseless(`mariadb://hub@127.0.0.1:${server.port}/care?sslmode=disable`);
  expect(await server.sent).toBeLessThan(MOST_BYTES);
});
