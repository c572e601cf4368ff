import { expect, test } from '@jest/globals';
import { messageReader } from './http-messages.ts';

const LENGTH = 'POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello';
const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n';
const BARE = 'GET /x HTTP/1.1\r\nhost: h\r\n\r\n';

function bodiesOf(pieces: readonly string[]): readonly string[] {
  const bodies: string[] = [];
  const read = messageReader(({ body }) => bodies.push(body.toString()));
  for (const piece of pieces) read(Buffer.from(piece));
  return bodies;
}

test.each([
  ['a length', LENGTH, ['hello']],
  ['chunks', CHUNKED, ['hello']],
  ['no body', BARE, ['']],
  ['one after another', LENGTH + CHUNKED + BARE + LENGTH, ['hello', 'hello', '', 'hello']],
])('bodies with %s are read, in one piece and byte by byte', (_, text, expected) => {
  expect(bodiesOf([text])).toEqual(expected);
  expect(bodiesOf(text.split(''))).toEqual(expected);
});

test('what is not whole yet is not told', () => {
  expect(bodiesOf([LENGTH.slice(0, -1)])).toEqual([]);
  expect(bodiesOf([CHUNKED.slice(0, -1)])).toEqual([]);
});
