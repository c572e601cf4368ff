import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { publicKeys, signingKey } from './audit.fixture.ts';
import { type Checkpoint, signCheckpoint, wrongWithCheckpoints } from './checkpoint.ts';
import { checkpointPlace } from './checkpoint-place.ts';

const folder = mkdtempSync(join(tmpdir(), 'place-'));
const lines: string[] = [];
const server = createServer((request, response) => {
  if (request.method === 'GET') return response.end(lines.join(''));
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    lines.push(`${body}\n`);
    response.writeHead(201).end();
  });
  return undefined;
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function checkpoints(count: number): readonly Checkpoint[] {
  const made: Checkpoint[] = [];
  for (let i = 1; i <= count; i += 1) {
    const heads = [{ log: 'audit:hub', sequence: i, hash: `h${i}` }];
    made.push(signCheckpoint(made.at(-1) ?? null, { at: `t${i}`, heads, retired: [] }, signingKey));
  }
  return made;
}

test.each([
  ['a file', `file:${join(folder, 'deep', 'checkpoints.jsonl')}`],
  ['a folder', `folder:${join(folder, 'worm')}`],
  ['an address', `http://127.0.0.1:${port}/checkpoints`],
])('%s gives back what was written, in order', async (_, url) => {
  const made = checkpoints(12);
  for (const checkpoint of made) await checkpointPlace(url).write(checkpoint);
  expect(await checkpointPlace(url).readAll()).toEqual(made);
  expect(wrongWithCheckpoints(await checkpointPlace(url).readAll(), publicKeys)).toBeNull();
});

test('in a folder nothing is written twice; a torn line of a file swallows nothing', async () => {
  const [first, second] = checkpoints(2);
  if (!first || !second) throw new Error('two checkpoints');
  const worm = checkpointPlace(`folder:${join(folder, 'worm-2')}`);
  await worm.write(first);
  await expect(worm.write(first)).rejects.toThrow('EEXIST');
  const file = join(folder, 'torn.jsonl');
  await checkpointPlace(`file:${file}`).write(first);
  appendFileSync(file, '{"v":1,"n":2,');
  await checkpointPlace(`file:${file}`).write(second);
  expect(await checkpointPlace(`file:${file}`).readAll()).toEqual([first, second]);
});

test('what is none is refused in words', () => {
  expect(() => checkpointPlace('ftp://x')).toThrow('file:PATH');
});

const change = (all: Checkpoint[], at: number, changes: Partial<Checkpoint>) => {
  const one = all[at];
  if (one !== undefined) all[at] = { ...one, ...changes };
};

test.each([
  ['a changed head', (all: Checkpoint[]) => change(all, 1, { heads: [] }), 'checkpoint 2 was changed'],
  ['one left out', (all: Checkpoint[]) => all.splice(1, 1), 'checkpoint 3 does not follow checkpoint 1'],
  ['two in turned order', (all: Checkpoint[]) => all.reverse(), 'does not follow'],
  ['a foreign key', (all: Checkpoint[]) => change(all, 0, { keyId: 'other' }), 'not among the given ones'],
])('63: of checkpoints with %s it is said', (_, spoil, said) => {
  const all = [...checkpoints(3)];
  spoil(all);
  expect(wrongWithCheckpoints(all, publicKeys)).toContain(said);
});
