import { Worker } from 'node:worker_threads';
import { expect, test } from '@jest/globals';
import { multiplies } from './multiplying-json.ts';

/** Just under the limit of an answer (`remote-call.ts`). */
const BYTES = 19_900_000;
/** What reading one such answer may take; without the bound the first of these takes more, and ends the thread. */
const HEAP_MB = 256;

const JSON_OF_HTTP = new URL('./json-of-http.ts', import.meta.url).href;

/** Reads an answer in a thread that has just so much memory. What came of it: the code, `read`, or how the thread ended. */
async function readBy(make: string): Promise<unknown> {
  const program = `
    const { parentPort } = require('node:worker_threads');
    const repeated = (piece) => piece.repeat(${BYTES} / piece.length);
    const body = Buffer.from((() => ${make})());
    import(${JSON.stringify(JSON_OF_HTTP)}).then(({ jsonOfHttp }) => {
      const head = { status: 200, contentType: 'application/json', retryAfter: null };
      try {
        const json = jsonOfHttp('health', { head, body });
        parentPort.postMessage(json === null ? 'nothing' : 'read');
      } catch (error) {
        parentPort.postMessage(error.code ?? String(error));
      }
    });`;
  const worker = new Worker(program, {
    eval: true,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 32 },
  });
  const { promise, resolve } = Promise.withResolvers<unknown>();
  worker.once('message', resolve).once('error', (error) => resolve(String(error)));
  try {
    return await promise;
  } finally {
    await worker.terminate();
  }
}

test.each([
  ['empty objects', '`[${repeated("{},")}0]`'],
  ['empty lists', '`[${repeated("[],")}0]`'],
  ['lists in each other', '"[".repeat(9_900_000) + "]".repeat(9_900_000)'],
])(
  'an answer of 20 MB that is nothing but %s is refused before it takes many times as much',
  async (_, make) => {
    expect(await readBy(make)).toBe('SOURCE_INVALID');
  },
  60_000,
);

test.each([
  ['numbers', '`[${repeated("1,")}0]`'],
  ['text', '`["${"心".repeat(6_600_000)}"]`'],
])(
  'one of %s is read in the same memory',
  async (_, make) => {
    expect(await readBy(make)).toBe('read');
  },
  60_000,
);

test('a small one is read whatever it is made of, and a large one of records', () => {
  expect(multiplies(Buffer.from('{},'.repeat(300_000)))).toBe(false);
  expect(multiplies(Buffer.from('{"id":"1234567","name":"李**","visits":[]},'.repeat(240_000)))).toBe(false);
});
