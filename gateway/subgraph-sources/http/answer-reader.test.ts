import { expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { answerReader } from './answer-reader.ts';

const LIMIT = 64;
const sized = (body: string) => `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';

const unbounded = () => ({ max: Number.POSITIVE_INFINITY, held: 0 });

/** Feeds the bytes in pieces that end at these places, each overwritten after it was read. */
function fed(bytes: Buffer, cuts: readonly number[] = [], maxBytes = LIMIT) {
  const reader = answerReader({ maxBytes, together: unbounded() });
  const ends = [...cuts.filter((cut) => cut < bytes.length), bytes.length].sort((a, b) => a - b);
  const answers = ends.map((end, i) => {
    const piece = Buffer.from(bytes.subarray(ends[i - 1] ?? 0, end));
    const answer = reader.feed(piece);
    // A body is to be read at once.
    const kept = answer && { ...answer, body: Buffer.from(answer.body) };
    piece.fill('#');
    return kept;
  });
  return answers.filter((answer) => answer !== null);
}

test.each([
  ['with a length', sized('{"a":"心"}')],
  ['in chunks', `${CHUNKED}3\r\n{"a\r\n8\r\n":"\u5fc3"}\r\n0\r\n\r\n`],
  ['in chunks whose sizes are written otherwise', `${CHUNKED}00B\r\n{"a":"心"}\r\n0000\r\n\r\n`],
  ['after interim answers', `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 x\r\nlink: y\r\n\r\n${sized('{"a":"心"}')}`],
])('an answer %s is whole however its bytes are cut', (_, text) => {
  const bytes = Buffer.from(text);
  expect(fed(bytes)).toMatchObject([{ body: Buffer.from('{"a":"心"}'), surplus: false }]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: bytes.length - 1 })), (cuts) => {
      expect(fed(bytes, cuts)).toMatchObject([{ body: Buffer.from('{"a":"心"}'), surplus: false }]);
    }),
  );
  expect(fed(bytes, [...bytes.keys()])).toHaveLength(1);
});

test('a reader reads the next answer as it read the first', () => {
  const reader = answerReader({ maxBytes: LIMIT, together: unbounded() });
  for (const text of [sized('{"a":1}'), `${CHUNKED}2\r\n{}\r\n0\r\n\r\n`, sized(''), sized('{"b":2}')])
    expect(reader.feed(Buffer.from(text))).toMatchObject({ surplus: false });
});

test('an answer that comes twice at once is told', () => {
  expect(fed(Buffer.from(sized('{}').repeat(2)))).toMatchObject([{ body: Buffer.from('{}'), surplus: true }]);
  expect(fed(Buffer.from(`${CHUNKED}2\r\n{}\r\n0\r\n\r\n0`))).toMatchObject([
    { body: Buffer.from('{}'), surplus: true },
  ]);
});

test('half an answer is none', () => {
  const bytes = Buffer.from(sized('{"a":1}'));
  for (let end = 1; end < bytes.length; end += 1) expect(fed(bytes.subarray(0, end))).toEqual([]);
});

test.each([
  ['a length beyond the limit, before any of it came', `HTTP/1.1 200 OK\r\ncontent-length: ${LIMIT + 1}\r\n\r\n`],
  ['chunks beyond the limit', CHUNKED + `20\r\n${'x'.repeat(32)}\r\n`.repeat(3)],
  ['a chunk size that is none', `${CHUNKED}x\r\n`],
  ['a negative chunk size', `${CHUNKED}-1\r\n`],
  ['a chunk size with a space', `${CHUNKED}2 \r\n{}\r\n`],
  ['a chunk size beyond 32 bits', `${CHUNKED}100000002\r\n`],
  ['a chunk size without end', `${CHUNKED}${'0'.repeat(100)}`],
  ['a chunk extension', `${CHUNKED}2;a=b\r\n{}\r\n`],
  ['a chunk that is longer than it said', `${CHUNKED}2\r\n{}}\r\n0\r\n\r\n`],
  ['a bare line feed after a size', `${CHUNKED}22\n{}\r\n0\r\n\r\n`],
  ['trailers', `${CHUNKED}2\r\n{}\r\n0\r\nx: y\r\n\r\n`],
  ['a head without end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}`],
  ['a head that is too long', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`],
  ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n'],
])('%s is odd', (_, text) => {
  const odd = expect.objectContaining({ name: 'OddAnswer' });
  expect(() => fed(Buffer.from(text))).toThrow(odd);
  expect(() => fed(Buffer.from(text), [...Buffer.from(text).keys()])).toThrow(odd);
});

test('readers hold no more together than they may, and what one forgets another may hold', () => {
  const together = { max: 60, held: 0 };
  const [one, other] = [answerReader({ maxBytes: LIMIT, together }), answerReader({ maxBytes: LIMIT, together })];
  const half = Buffer.from(sized('x'.repeat(50)).slice(0, -10));
  expect(one.feed(half)).toBeNull();
  expect(() => other.feed(half)).toThrow('at a time');
  other.forget();
  expect(one.feed(Buffer.from('x'.repeat(10)))).toMatchObject({ body: Buffer.from('x'.repeat(50)) });
  expect(together.held).toBe(0);
  expect(other.feed(Buffer.from(`${CHUNKED}28\r\n${'x'.repeat(40)}\r\n`))).toBeNull();
  expect(together.held).toBe(40);
  other.forget();
  expect(together.held).toBe(0);
});

test('an answer in chunks of one byte is not kept in as many pieces', () => {
  const count = 100_000;
  const reader = answerReader({ maxBytes: count, together: unbounded() });
  expect(reader.feed(Buffer.from(`${CHUNKED}${'1\r\nx\r\n'.repeat(count)}`))).toBeNull();
  const joined = jest.spyOn(Buffer, 'concat');
  try {
    expect(reader.feed(Buffer.from('0\r\n\r\n'))).toMatchObject({ body: Buffer.from('x'.repeat(count)) });
    const pieces = joined.mock.calls.map(([list]) => list.length);
    expect(Math.max(...pieces)).toBeLessThan(20);
  } finally {
    joined.mockRestore();
  }
});

test('GBK where UTF-8 should be is odd', () => {
  const body = Buffer.from([0x22, 0xd0, 0xc4, 0x22]);
  const head = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n');
  expect(() => fed(Buffer.concat([head, body]))).toThrow('not UTF-8');
});

test('whatever bytes come, the reader ends in an answer, a wait or OddAnswer', () => {
  const alphabet = fc.constantFrom(
    'HTTP/1.1 200 OK\r\n',
    'content-length: 5\r\n',
    '\r\n',
    CHUNKED,
    '2\r\n',
    '{}',
    '0',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(alphabet, fc.string())), fc.array(fc.nat(200)), (parts, cuts) => {
      try {
        for (const { body } of fed(Buffer.from(parts.join('')), cuts)) expect(body.length).toBeLessThanOrEqual(LIMIT);
      } catch (error) {
        expect(error).toMatchObject({ name: 'OddAnswer' });
      }
    }),
  );
});

test('an answer with bytes changed, lost, doubled or put in ends so too', () => {
  const bytes = Buffer.from(`${sized('{"data":{"a":1}}')}${CHUNKED}2\r\n{}\r\n0\r\n\r\n`);
  const at = fc.nat(bytes.length - 1);
  const change = fc.record({ at, remove: fc.nat(4), put: fc.uint8Array({ maxLength: 4 }), twice: fc.boolean() });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), fc.array(at), (changes, cuts) => {
      let mutated = bytes;
      for (const { at: place, remove, put, twice } of changes) {
        const [before, after] = [mutated.subarray(0, place), mutated.subarray(place + remove)];
        mutated = Buffer.concat([before, put, twice ? mutated.subarray(place, place + remove) : after, after]);
      }
      try {
        fed(mutated, cuts);
      } catch (error) {
        expect(error).toMatchObject({ name: 'OddAnswer' });
      }
    }),
    { numRuns: 2_000 },
  );
});
