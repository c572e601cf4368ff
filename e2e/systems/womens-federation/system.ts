/**
 * The women's federation's nightly export: no server, a folder. What a fault is here: `down` the folder is gone,
 * `too-many-requests` and `error-500` it cannot be read, `maintenance` no files came tonight, `slow` tonight's files are
 * still being written, `cut-off` half of each arrived, `garbage` and `html-200` other bytes under their names, `hang`
 * pipes in their place, which nobody writes to. Only the first three leave the hub without an answer: in the others the
 * last good night stays in force.
 */
import { execFile } from 'node:child_process';
import { access, appendFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DepartmentSystem, Fault, StartOptions } from '../shared/department-system.ts';
import type { World } from '../world/model.ts';
import { manifestOf, nightlyFiles, type Night } from './nightly-files.ts';

/** What the exporter and others leave behind besides. */
const LITTER = ['Thumbs.db', '~$维权个案_20261120.xlsx', '家庭关爱_20261121.csv.tmp', '说明.txt'];
const HTML = '<!DOCTYPE html><html><head><title>登录</title></head><body>会话已过期，请重新登录</body></html>';

/** Drops them into a new folder among the temporary ones, removed at the end, unless told. */
export async function startWomensFederationSystem({
  world,
  folder: given,
}: StartOptions & { world: World }): Promise<DepartmentSystem> {
  const folder = given ?? (await mkdtemp(join(tmpdir(), 'womens-federation-')));
  const render = nightlyFiles(world);
  const tonight = render(world.today);
  let stopWriting = () => {};
  await mkdir(folder, { recursive: true });
  await drop(folder, render(dayBefore(world.today)));
  await drop(folder, tonight);
  for (const name of LITTER) await writeFile(join(folder, name), '…');

  async function mend() {
    stopWriting();
    await bringBack(folder);
    await clear(folder, tonight);
    await drop(folder, tonight);
  }

  return {
    slug: 'womens-federation',
    settings: { WOMENS_FEDERATION_DROP_FOLDER: folder, WOMENS_FEDERATION_CHECK_SECONDS: '0' },
    async break(fault) {
      await mend();
      if (fault === null) return;
      stopWriting = (await BREAK[fault](folder, tonight)) ?? (() => {});
    },
    // Whoever reads a file asks nobody: there is nothing to count.
    calls: () => ({}),
    resetCalls() {},
    async close() {
      stopWriting();
      await rm(folder, { recursive: true, force: true });
      await rm(away(folder), { recursive: true, force: true });
    },
  };
}

type Break = (folder: string, tonight: Night) => Promise<(() => void) | undefined>;

const BREAK: Record<Fault, Break> = {
  down: async (folder) => void (await rename(folder, away(folder))),
  'too-many-requests': makeUnreadable,
  'error-500': makeUnreadable,
  maintenance: async (folder, tonight) => void (await clear(folder, tonight)),
  slow: stillWriting,
  'cut-off': (folder, tonight) => replace(folder, tonight, (bytes) => bytes.subarray(0, bytes.length / 2)),
  garbage: (folder, tonight) => replaceWithManifest(folder, tonight, rubbish(8_192)),
  'html-200': (folder, tonight) => replaceWithManifest(folder, tonight, Buffer.from(HTML)),
  async hang(folder, { files }) {
    for (const { name } of files) await rm(join(folder, name));
    await promisify(execFile)(
      'mkfifo',
      files.map(({ name }) => join(folder, name)),
    );
    return undefined;
  },
};

/** As the exporter does: straight under the final names, the manifest last. */
async function drop(folder: string, { files, manifest }: Night) {
  for (const { name, bytes } of [...files, manifest]) await writeFile(join(folder, name), bytes);
}

async function clear(folder: string, { files, manifest }: Night) {
  for (const { name } of [...files, manifest]) await rm(join(folder, name), { force: true });
}

async function replace(folder: string, { files }: Night, change: (bytes: Uint8Array) => Uint8Array) {
  for (const { name, bytes } of files) await writeFile(join(folder, name), change(bytes));
  return undefined;
}

/** The exporter does not look at what it got, and counts it. */
async function replaceWithManifest(folder: string, tonight: Night, bytes: Uint8Array) {
  await replace(folder, tonight, () => bytes);
  const files = tonight.files.map(({ name }) => ({ file: { name, bytes }, rows: 1 }));
  const stamp = /_(\d{8})\./.exec(tonight.manifest.name)?.[1] ?? '';
  await writeFile(join(folder, tonight.manifest.name), manifestOf(stamp, files).bytes);
  return undefined;
}

/** Half of each file, more with every tick, and no manifest yet. */
async function stillWriting(folder: string, tonight: Night) {
  await rm(join(folder, tonight.manifest.name));
  await replace(folder, tonight, (bytes) => bytes.subarray(0, bytes.length / 2));
  const [first] = tonight.files;
  const timer = setInterval(() => void appendFile(join(folder, first?.name ?? ''), ' ').catch(() => {}), 20);
  return () => clearInterval(timer);
}

/** A plain file where the folder was: permissions would not stop a process of root. */
async function makeUnreadable(folder: string) {
  await rename(folder, away(folder));
  await writeFile(folder, '');
  return undefined;
}

async function bringBack(folder: string) {
  const isAway = await access(away(folder)).then(
    () => true,
    () => false,
  );
  if (!isAway) return;
  await rm(folder, { force: true });
  await rename(away(folder), folder);
}

const away = (folder: string) => `${folder}-away`;
const dayBefore = (iso: string) => new Date(Date.parse(iso) - 86_400_000).toISOString().slice(0, 10);
/** The same bytes every time; no encoding has them. */
const rubbish = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 197 + (i >> 3) * 89 + 0x80) & 0xff);
