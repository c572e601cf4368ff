import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, rename, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { dropFolder, type DropFolder } from './drop-folder.fixture.ts';
import { droppedRows } from './dropped-rows.ts';
import { fileDrop, type DropKind, type FileDropOptions } from './file-drop.ts';
import { z } from 'zod';

let folder: DropFolder;
let indexed = 0;
let now = 0;
beforeEach(async () => {
  folder = await dropFolder();
  indexed = 0;
  now = 0;
});
afterEach(() => folder.close());

const NOTES: DropKind<readonly string[]> = {
  stem: 'notes',
  index(table) {
    indexed += 1;
    const { rows, bad } = droppedRows(table, { columns: { id: 'id' }, schema: z.object({ id: z.string().min(1) }) });
    return { value: rows.map(({ id }) => id), bad };
  },
};
const openDrop = (options: Partial<FileDropOptions> = {}) => {
  const drop = fileDrop({
    source: 'sample',
    folder: folder.path,
    manifestStem: 'manifest',
    checkEveryMs: 0,
    now: () => now,
    ...options,
  });
  return { drop, read: drop.follow(NOTES) };
};

const GOOD = 'notes_20260101.csv';
const NEWER = 'notes_20260102.csv';

describe('the file in force', () => {
  test('is the newest good one, as of its night', async () => {
    await folder.drop(GOOD, 'id\nold\n');
    await folder.drop(NEWER, 'id\nnew\n');
    expect(await openDrop().read()).toMatchObject({
      value: ['new'],
      file: NEWER,
      asOf: '2026-01-02T00:00:00+08:00',
      newest: true,
    });
  });

  test('is not read again while it does not change, and is when it does', async () => {
    await folder.drop(GOOD, 'id\none\n');
    const { read } = openDrop();
    await read();
    await read();
    expect(indexed).toBe(1);
    await folder.drop(GOOD, 'id\ntwo\n');
    expect((await read()).value).toEqual(['two']);
    expect(indexed).toBe(2);
  });

  test('is not looked for more often than asked', async () => {
    await folder.drop(GOOD, 'id\nold\n');
    const { read } = openDrop({ checkEveryMs: 1_000 });
    await read();
    await folder.drop(NEWER, 'id\nnew\n');
    now = 999;
    expect((await read()).value).toEqual(['old']);
    now = 1_000;
    expect((await read()).value).toEqual(['new']);
  });

  test('is read once by many who ask at the same time', async () => {
    await folder.drop(GOOD, 'id\none\n');
    const { read } = openDrop();
    await Promise.all([read(), read(), read()]);
    expect(indexed).toBe(1);
  });

  test('stays in force when the night’s file is replaced by a bad one under its own name', async () => {
    await folder.drop(GOOD, 'id\none\n');
    const { read } = openDrop();
    await read();
    await folder.put(GOOD, 'rubbish');
    expect(await read()).toMatchObject({ value: ['one'], newest: false });
  });

  test('stays in force when it is tidied away', async () => {
    await folder.drop(GOOD, 'id\nold\n');
    await folder.drop(NEWER, 'id\nnew\n');
    const { read } = openDrop();
    await read();
    await folder.remove(NEWER);
    expect(await read()).toMatchObject({ value: ['new'], newest: false });
    await folder.drop(NEWER, 'id\nnew\n');
    expect(await read()).toMatchObject({ value: ['new'], newest: true });
  });

  test('stays in force, as an old one, when its folder is emptied', async () => {
    await folder.drop(GOOD, 'id\nold\n');
    const { read } = openDrop();
    await read();
    await folder.remove(GOOD);
    expect(await read()).toMatchObject({ value: ['old'], newest: false });
  });
});

describe('a file that is set aside leaves the last good one in force', () => {
  const html = '<!DOCTYPE html><html><body>502</body></html>';
  const cases: [string, string, () => Promise<unknown>][] = [
    ['NO_MANIFEST', 'it is still being written', () => folder.put(NEWER, 'id\nnew\n')],
    [
      'NOT_IN_MANIFEST',
      'the manifest is half-written',
      async () => {
        await folder.drop(NEWER, 'id\nnew\n');
        await folder.put('manifest_20260102.csv', `file,rows,sha256\n${NEWER},1,0123abc`);
      },
    ],
    [
      'CHECKSUM_MISMATCH',
      'it was cut off',
      async () => {
        await folder.drop(NEWER, 'id\nnew\nnewer\n');
        await folder.put(NEWER, 'id\nnew\n');
      },
    ],
    ['ROW_COUNT_MISMATCH', 'rows are missing', () => folder.drop(NEWER, 'id\nnew\n', { rows: 2 })],
    ['HTML', 'it is a web page', () => folder.drop(NEWER, html)],
    [
      'NOT_TEXT',
      'it is binary',
      () =>
        folder.drop(
          NEWER,
          Uint8Array.from({ length: 4_096 }, (_, i) => (i * 7) % 256),
        ),
    ],
    ['COLUMN_MISSING', 'it has other columns', () => folder.drop(NEWER, 'name\nnew\n')],
    ['TOO_MANY_BAD_ROWS', 'most rows are empty', () => folder.drop(NEWER, `id,x\n${',1\n'.repeat(9)}`)],
    ['MALFORMED', 'a quote never ends', () => folder.drop(NEWER, `id\n"${'x\n'.repeat(80_000)}`)],
    ['TOO_BIG', 'it is too big', () => folder.drop(NEWER, `id\n${'x\n'.repeat(160_000)}`)],
    [
      'NOT_A_REGULAR_FILE',
      'case 54: it is a folder',
      async () => {
        await folder.drop(NEWER, 'id\nnew\n');
        await folder.remove(NEWER);
        await mkdir(join(folder.path, NEWER));
      },
    ],
    [
      'NOT_A_REGULAR_FILE',
      'case 54: it is a link, though to a file that would do',
      async () => {
        await folder.drop(NEWER, 'id\nnew\n');
        await rename(join(folder.path, NEWER), join(folder.path, 'elsewhere'));
        await symlink(join(folder.path, 'elsewhere'), join(folder.path, NEWER));
      },
    ],
    [
      'NOT_A_REGULAR_FILE',
      'case 54: it is a pipe that nobody writes to',
      async () => {
        await folder.drop(NEWER, 'id\nnew\n');
        await folder.remove(NEWER);
        execFileSync('mkfifo', [join(folder.path, NEWER)]);
      },
    ],
  ];
  test.each(cases)('%s: %s', async (reason, _why, spoil) => {
    await folder.drop(GOOD, 'id\nold\n');
    await spoil();
    const { drop, read } = openDrop({ limits: { maxBytes: 300_000 } });
    expect(await read()).toMatchObject({ value: ['old'], asOf: '2026-01-01T00:00:00+08:00', newest: false });
    expect(drop.refused()).toEqual([{ file: NEWER, reason }]);
  });

  test('and is not read again until it changes; mended, it counts', async () => {
    await folder.drop(GOOD, 'id\nold\n');
    await folder.drop(NEWER, 'id\nnew\n', { rows: 5 });
    const { drop, read } = openDrop();
    await read();
    await read();
    expect(indexed).toBe(2);
    await folder.drop(NEWER, 'id\nnew\n');
    expect(await read()).toMatchObject({ value: ['new'], newest: true });
    expect(drop.refused()).toEqual([]);
  });
});

describe('case 54: the folder is not left', () => {
  test('by a manifest that names files elsewhere', async () => {
    const inner = join(folder.path, 'inner');
    await mkdir(inner);
    await folder.drop(GOOD, 'id\nold\n');
    await rename(join(folder.path, GOOD), join(inner, GOOD));
    await rename(join(folder.path, 'manifest_20260101.csv'), join(inner, 'manifest_20260101.csv'));
    await folder.drop(NEWER, 'id\nnew\n');
    const hash = createHash('sha256').update('id\nnew\n').digest('hex');
    await folder.put('inner/manifest_20260102.csv', `file,rows,sha256\n../${NEWER},1,${hash}\n`);
    expect(await openDrop({ folder: inner }).read()).toMatchObject({ value: ['old'], newest: true });
  });

  test('by a manifest that is a link', async () => {
    await folder.drop(GOOD, 'id\nold\n');
    await rename(join(folder.path, 'manifest_20260101.csv'), join(folder.path, 'elsewhere'));
    await symlink(join(folder.path, 'elsewhere'), join(folder.path, 'manifest_20260101.csv'));
    await expect(openDrop().read()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  });
});

describe('without any good file', () => {
  test('nothing has come yet: unavailable', async () => {
    await expect(openDrop().read()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', source: 'sample' });
  });

  test('what has come is nonsense: invalid', async () => {
    await folder.drop(GOOD, '<html>');
    await expect(openDrop().read()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });

  test('the folder is gone: unavailable, for the probe too, also after good reads', async () => {
    await folder.drop(GOOD, 'id\nold\n');
    const { drop, read } = openDrop();
    await read();
    await drop.probe();
    await folder.close();
    await expect(read()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    await expect(drop.probe()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  });
});

test('names that are no night files are passed over: temporary ones, impossible days, other kinds', async () => {
  await folder.drop(GOOD, 'id\nold\n');
  for (const name of ['notes_20260102.csv.tmp', '~$notes_20260102.xlsx', 'notes_20261332.csv', 'other_20260102.csv']) {
    await folder.put(name, 'id\nnew\n');
  }
  const { drop, read } = openDrop();
  expect(await read()).toMatchObject({ value: ['old'], newest: true });
  expect(drop.refused()).toEqual([]);
});

test('a file name with full-width digits is a night file', async () => {
  await folder.put('notes_２０２６０１０２.csv', 'id\nnew\n');
  await folder.drop(GOOD, 'id\nold\n');
  const { drop, read } = openDrop();
  await read();
  expect(drop.refused()).toEqual([{ file: 'notes_２０２６０１０２.csv', reason: 'NO_MANIFEST' }]);
});

test('a file that was swapped for another of the same size and time is looked at again', async () => {
  await folder.drop(GOOD, 'id\none\n');
  await utimes(join(folder.path, GOOD), 1, 1);
  const { drop, read } = openDrop();
  await read();
  await folder.put(GOOD, 'id\ntwo\n');
  await utimes(join(folder.path, GOOD), 1, 1);
  expect(await read()).toMatchObject({ value: ['one'], newest: false });
  expect(drop.refused()).toEqual([{ file: GOOD, reason: 'CHECKSUM_MISMATCH' }]);
});

test('the log names file and reason, and nothing of what stands in the file', async () => {
  const lines: string[] = [];
  const note = (level: string) => (details: object, message: string) =>
    void lines.push(JSON.stringify({ level, ...details, message }));
  await folder.drop(GOOD, 'id,x\n王小明,1\n,2\n');
  await folder.drop(NEWER, 'id\n王小明\n', { rows: 7 });
  await openDrop({ log: { info: note('info'), warn: note('warn') } }).read();
  expect(lines).toEqual([
    `{"level":"warn","source":"sample","file":"${NEWER}","reason":"ROW_COUNT_MISMATCH","message":"dropped file set aside"}`,
    `{"level":"warn","source":"sample","file":"${GOOD}","badRows":1,"line":3,"reason":"INVALID: id","message":"dropped file in force without its unusable rows"}`,
  ]);
});
