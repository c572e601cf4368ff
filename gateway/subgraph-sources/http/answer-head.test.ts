import { expect, test } from '@jest/globals';
import { answerHead } from './answer-head.ts';

const OK = 'HTTP/1.1 200 OK\r\n';
const SIZED = 'Content-Length: 2\r\n';

test('what matters is read, in whatever case it is written', () => {
  const text = `${OK}Content-Type: application/json; charset=utf-8\r\ndate: x\r\nCONTENT-LENGTH:  12 \r\nRetry-After: 3\r\n`;
  expect(answerHead(text)).toEqual({
    status: 200,
    contentType: 'application/json; charset=utf-8',
    length: 12,
    retryAfter: '3',
    keepAlive: true,
    idleMs: 4_000,
  });
});

test.each([
  ['a reason that is missing', `HTTP/1.1 503\r\n${SIZED}`, { status: 503 }],
  ['an empty reason', `HTTP/1.1 503 \r\n${SIZED}`, { status: 503 }],
  ['a reason in another script', `HTTP/1.1 404 \xe6\x89\xbe\r\n${SIZED}`, { status: 404 }],
  ['chunked', `${OK}Transfer-Encoding: Chunked\r\n`, { length: 'chunked' }],
  ['no content', 'HTTP/1.1 204 No Content\r\n', { length: 0 }],
  ['an interim answer', 'HTTP/1.1 103 Early Hints\r\nlink: x\r\n', { status: 103, length: 0 }],
  ['the last on its connection', `${OK}${SIZED}Connection: close\r\n`, { keepAlive: false }],
  ['the last, among others', `${OK}${SIZED}connection: Foo, Close\r\n`, { keepAlive: false }],
  ['HTTP/1.0, which keeps nothing alive', `HTTP/1.0 200 OK\r\n${SIZED}`, { keepAlive: false }],
  ['an idle time of its own, a moment less', `${OK}${SIZED}Keep-Alive: timeout=72\r\n`, { idleMs: 71_000 }],
  ['an idle time that is too short', `${OK}${SIZED}Keep-Alive: timeout=1\r\n`, { idleMs: 0 }],
  ['a body that is not packed', `${OK}${SIZED}Content-Encoding: identity\r\n`, { length: 2 }],
  ['an empty value', `${OK}${SIZED}x-empty:\r\n`, { length: 2 }],
])('%s is read', (_, text, read) => {
  expect(answerHead(text)).toMatchObject(read);
});

test.each([
  ['no HTTP', 'SSH-2.0-x\r\n'],
  ['HTTP/2', `HTTP/2 200\r\n${SIZED}`],
  ['a status that is none', `HTTP/1.1 999 x\r\n${SIZED}`],
  ['a status of two digits', `HTTP/1.1 20 OK\r\n${SIZED}`],
  ['a space before the status line', ` ${OK}${SIZED}`],
  ['two lengths that differ', `${OK}${SIZED}Content-Length: 3\r\n`],
  ['two lengths that agree', `${OK}${SIZED}${SIZED}`],
  ['a list of lengths', `${OK}Content-Length: 2, 2\r\n`],
  ['a length with a sign', `${OK}Content-Length: +2\r\n`],
  ['a negative length', `${OK}Content-Length: -2\r\n`],
  ['a length in hexadecimal', `${OK}Content-Length: 0x2\r\n`],
  ['an empty length', `${OK}Content-Length:\r\n`],
  ['a length and a coding', `${OK}${SIZED}Transfer-Encoding: chunked\r\n`],
  ['another coding', `${OK}Transfer-Encoding: gzip, chunked\r\n`],
  ['two codings', `${OK}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n`],
  ['no length', `${OK}content-type: application/json\r\n`],
  ['a packed body', `${OK}${SIZED}Content-Encoding: gzip\r\n`],
  ['a space before the colon', `${OK}Content-Length : 2\r\n`],
  ['a folded line', `${OK}${SIZED}x-a: b\r\n c\r\n`],
  ['a line without a colon', `${OK}${SIZED}x-a\r\n`],
  ['a bare line feed', `${OK}x-a: b\nContent-Length: 2\r\n`],
  ['a bare carriage return', `${OK}x-a: b\rContent-Length: 2\r\n`],
  ['a null character', `${OK}${SIZED}x-a: \0\r\n`],
  ['an empty name', `${OK}${SIZED}: x\r\n`],
  ['an empty line within', `${OK}${SIZED}\r\nx-a: b\r\n`],
  ['a hundred and one lines', `${OK}${SIZED}${'x-a: b\r\n'.repeat(100)}`],
])('%s is odd', (_, text) => {
  expect(() => answerHead(text)).toThrow(expect.objectContaining({ name: 'OddAnswer' }));
});
