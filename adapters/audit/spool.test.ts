import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { openSpool } from './spool.ts';

const folder = mkdtempSync(join(tmpdir(), 'spool-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = () => join(folder, 'deep', `spool-${(files += 1)}.jsonl`);
const ids = (entries: readonly { id: string }[]) => entries.map(({ id }) => id);

test('what was written is there after a restart, in order, without what is done', async () => {
  const file = newFile();
  const spool = openSpool(file);
  for (const id of ['a', 'b', 'c']) await spool.write({ kind: 'K', id, data: { id } });
  await spool.write({ kind: 'OTHER', id: 'x', data: null });
  await spool.write({ kind: 'K', id: 'a', data: 'again' });
  await spool.done('b');
  await spool.close();
  const again = openSpool(file);
  expect(ids(again.pending('K'))).toEqual(['a', 'c']);
  expect(again.pending('K')[0]?.data).toEqual({ id: 'a' });
  expect(ids(again.pending('OTHER'))).toEqual(['x']);
  await again.close();
});

test('a line that a crash cut off is left out, and the file is small again once all is done', async () => {
  const file = newFile();
  const spool = openSpool(file);
  await spool.write({ kind: 'K', id: 'a', data: 1 });
  await spool.close();
  appendFileSync(file, '{"kind":"K","id":"torn","at"');
  const again = openSpool(file);
  expect(ids(again.pending('K'))).toEqual(['a']);
  await again.write({ kind: 'K', id: 'b', data: 2 });
  await again.done('a');
  await again.done('b');
  await again.close();
  await openSpool(file).close();
  expect(readFileSync(file, 'utf8')).toBe('');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
