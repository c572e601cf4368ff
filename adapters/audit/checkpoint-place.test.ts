import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  expect(await checkpointPlace(url).readAll()).toEqual({ checkpoints: made, unreadable: [], cutOff: [] });
  expect(wrongWithCheckpoints(made, publicKeys)).toBeNull();
});

test('in a folder nothing is written twice; a line that a crash cut off swallows nothing, is said and stays', async () => {
  const [first, second] = checkpoints(2);
  if (!first || !second) throw new Error('two checkpoints');
  const worm = checkpointPlace(`folder:${join(folder, 'worm-2')}`);
  await worm.write(first);
  await expect(worm.write(first)).rejects.toThrow('is there already');
  const file = join(folder, 'torn.jsonl');
  await checkpointPlace(`file:${file}`).write(first);
  appendFileSync(file, '{"v":1,"n":2,');
  const cutOff = ['line 2'];
  expect(await checkpointPlace(`file:${file}`).readAll()).toEqual({ checkpoints: [first], unreadable: [], cutOff });
  await checkpointPlace(`file:${file}`).write(second);
  const all = [first, second];
  expect(await checkpointPlace(`file:${file}`).readAll()).toEqual({ checkpoints: all, unreadable: [], cutOff });
  expect(readFileSync(file, 'utf8')).toContain('{"v":1,"n":2,');
});

test('a crash in the middle of a file of a folder stands in nobody’s way', async () => {
  const [first, second] = checkpoints(2);
  if (!first || !second) throw new Error('two checkpoints');
  const path = join(folder, 'worm-3');
  const worm = checkpointPlace(`folder:${path}`);
  await worm.write(first);
  writeFileSync(join(path, '000000000002.json.new'), '{"v":1,"n":2,');
  await worm.write(second);
  expect(await worm.readAll()).toEqual({ checkpoints: [first, second], unreadable: [], cutOff: [] });
});

test.each([
  ['the first', 1],
  ['one in the middle', 3],
  ['the last', 5],
])('case 63: %s of a file’s lines, one byte broken, is reported with its number', async (_, line) => {
  const file = join(folder, `broken-${line}.jsonl`);
  for (const checkpoint of checkpoints(5)) await checkpointPlace(`file:${file}`).write(checkpoint);
  const lines = readFileSync(file, 'utf8').split('\n');
  lines[line - 1] = lines[line - 1]?.replace('{', '[') ?? '';
  writeFileSync(file, lines.join('\n'));
  const { checkpoints: read, unreadable, cutOff } = await checkpointPlace(`file:${file}`).readAll();
  expect([read.length, unreadable, cutOff]).toEqual([4, [`line ${line}`], []]);
});

test('case 63: a broken file of a folder is reported with its name', async () => {
  const path = join(folder, 'worm-4');
  for (const checkpoint of checkpoints(2)) await checkpointPlace(`folder:${path}`).write(checkpoint);
  writeFileSync(join(path, '000000000001.json'), '[');
  const { unreadable } = await checkpointPlace(`folder:${path}`).readAll();
  expect(unreadable).toEqual(['000000000001.json']);
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
])('case 63: of checkpoints with %s it is said', (_, spoil, said) => {
  const all = [...checkpoints(3)];
  spoil(all);
  expect(wrongWithCheckpoints(all, publicKeys)).toContain(said);
});
