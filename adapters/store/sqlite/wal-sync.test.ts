import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { walSync } from './wal-sync.ts';

const folder = mkdtempSync(join(tmpdir(), 'xinqiao-wal-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'a.db');
writeFileSync(`${file}-wal`, '');

test('after one wait that failed every other fails, though the disk would say yes', async () => {
  const answers = [true, false, true];
  const wal = walSync(file, async () => {
    if (answers.shift() !== true) throw new Error('EIO');
  });
  await wal.sync();
  wal.check();
  const refused = { code: 'STORE_UNAVAILABLE', message: expect.stringContaining('restart the hub') };
  await expect(wal.sync()).rejects.toMatchObject(refused);
  await expect(wal.sync()).rejects.toMatchObject(refused);
  expect(() => wal.check()).toThrow(expect.objectContaining(refused));
  wal.close();
});

test('it waits for the log itself', async () => {
  const wal = walSync(file);
  await wal.sync();
  wal.close();
  await expect(wal.sync()).rejects.toMatchObject({ cause: { code: 'EBADF' } });
});
