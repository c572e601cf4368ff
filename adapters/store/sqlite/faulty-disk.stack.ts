/** The embedded store on file systems that are really read-only, or full: mounts of a child's own, which end with it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { ledgers } from '../crash-writer.ts';
import { linesUntilKilled } from '../killed-process.fixture.ts';
import { openSqliteStore } from './sqlite-store.ts';

const base = mkdtempSync(join(tmpdir(), 'xinqiao-disk-'));
afterAll(() => rmSync(base, { recursive: true }));
const writer = fileURLToPath(new URL('../crash-writer.ts', import.meta.url));
const filler = fileURLToPath(new URL('./full-disk.fixture.ts', import.meta.url));
const backupCommand = fileURLToPath(new URL('../backup/main.ts', import.meta.url));

/** Runs a script of the shell where it may mount, and nobody else sees what it mounts. */
function mounting(script: string, ...given: readonly string[]) {
  const namespace = ['--mount', '--map-root-user', 'sh', '-ec', script, 'sh'];
  const { error, stderr, ...ended } = spawnSync('unshare', [...namespace, ...given], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (error !== undefined || /^(unshare|mount):/m.test(stderr))
    throw new Error(
      `Not tried: a mount of the test's own needs util-linux and leave to make namespaces (in a container SYS_ADMIN). ${error?.message ?? stderr}`,
    );
  return { ...ended, stderr };
}

const readOnly = (folder: string, ...command: readonly string[]) =>
  mounting(
    'mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"; shift; exec "$@"',
    folder,
    process.execPath,
    ...command,
  );

async function versionIn(file: string): Promise<number> {
  const store = openSqliteStore({ file });
  const version = (await store.load(ledgers, 'ledger'))?.version ?? 0;
  await store.close();
  return version;
}

test('on a file system that is read-only no hub starts, and says which file and what to do; a backup is still made of what is there', async () => {
  const folder = mkdtempSync(join(base, 'read-only-'));
  const file = join(folder, 'hub.db');
  const acknowledged = Number((await linesUntilKilled(writer, [`sqlite:${file}`], 20)).at(-1));
  for (const which of [file, join(folder, 'none.db')]) {
    const { status, stderr } = readOnly(folder, writer, `sqlite:${which}`);
    expect(status).toBe(1);
    expect(stderr).toContain('STORE_READ_ONLY');
    expect(stderr).toContain(`The store ${which} is read-only; give the account of this process the right to write it`);
    expect(stderr).toContain('its file system is mounted read-only: mount it to be written');
  }
  const kept = join(base, 'backup.db');
  const backup = readOnly(folder, backupCommand, '--from', `sqlite:${file}`, '--to', kept);
  expect([backup.status, backup.stderr]).toEqual([0, '']);
  const version = await versionIn(file);
  expect(version).toBeGreaterThanOrEqual(acknowledged);
  expect(await versionIn(kept)).toBe(version);
});

test('case 71: on a disk that is full no change is acknowledged, what was is read, and with room the same process goes on', async () => {
  const folder = mkdtempSync(join(base, 'full-'));
  const kept = join(base, 'full.db');
  const script = 'mount -t tmpfs -o size=3m tmpfs "$1"; "$3" "$4" "$1"; cp "$1/hub.db" "$2"';
  const { stdout, stderr } = mounting(script, folder, kept, process.execPath, filler);
  expect(stderr).toBe('');
  const { refused, full, acknowledged } = JSON.parse(stdout);
  const message = `STORE_FULL The store ${join(folder, 'hub.db')} has no room left; free space on its disk, nothing that was acknowledged is lost.`;
  expect(refused).toEqual([message, message]);
  expect(full.acknowledged).toBeGreaterThan(10);
  expect(full.read).toBe(full.acknowledged);
  expect(acknowledged).toBe(full.acknowledged + 1);
  expect(await versionIn(kept)).toBe(acknowledged);
});
