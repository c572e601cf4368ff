/** What a backup must hold and how it comes back, whatever engine the hub writes. Test support. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { recordsIn } from '../../audit/audit.fixture.ts';
import { counters } from '../../audit/crash-writer.ts';
import { AUDIT_EVENT } from '../../audit/port.ts';
import { personKeys } from '../../vault/person-key.ts';
import { readSettings } from '../../shared/settings.ts';
import { openStore } from '../open-store.ts';
import type { Store } from '../port.ts';
import { storeSettings } from '../settings.ts';

const main = (of: string) => fileURLToPath(new URL(of, import.meta.url));
const PROGRAMS = {
  backup: main('./main.ts'),
  restore: main('../restore/main.ts'),
  audit: main('../../audit/cli/main.ts'),
};
const WRITER = main('../../audit/crash-writer.ts');

const pair = generateKeyPairSync('ed25519');

export function runProgram(program: keyof typeof PROGRAMS, args: readonly string[], url = '') {
  const env = { PATH: process.env['PATH'] ?? '', ...(url !== '' && { STORE_URL: url }) };
  const options = { encoding: 'utf8', env, timeout: 120_000 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAMS[program], ...args], options);
  return { status, said: stdout + stderr };
}

export const opened = async (url: string): Promise<Store> =>
  openStore(readSettings(storeSettings, { STORE_URL: url }).values);

interface BackupTested {
  /** A store that is not there yet. */
  newUrl(folder: string): string;
  /** Stores of either engine that are not there yet. */
  restoredTo(folder: string): readonly string[];
}

/** The test's time is in the options, for a server that is slow. */
export function describeBackup(name: string, { newUrl, restoredTo }: BackupTested, timeoutMs = 60_000): void {
  const folder = mkdtempSync(join(tmpdir(), 'backup-'));
  const keys = join(folder, 'keys.json');
  writeFileSync(keys, JSON.stringify({ keys: [pair.publicKey.export({ format: 'jwk' })] }));
  afterAll(() => rmSync(folder, { recursive: true }));

  test(
    `${name}: a backup made while the hub writes has all that was acknowledged before, and its restored audit log is sound`,
    async () => {
      const hub = join(folder, 'hub');
      mkdirSync(hub);
      const url = newUrl(hub);
      const checkpoints = join(hub, 'checkpoints.jsonl');
      const saved = join(folder, 'checkpoints.jsonl');
      const file = join(folder, 'backup.db');
      const written = await whileWriting([hub, JSON.stringify(pair.privateKey.export({ format: 'jwk' })), url], {
        signed: () => (existsSync(checkpoints) ? statSync(checkpoints).size : 0),
        work: () => {
          copyFileSync(checkpoints, saved);
          expect(runProgram('backup', ['--to', file], url)).toMatchObject({ status: 0 });
        },
        lines: 60,
      });
      for (const restored of restoredTo(folder)) {
        expect(runProgram('restore', ['--from', file, '--to', restored])).toMatchObject({ status: 0 });
        await expectAllOf(restored, written.before);
        const verify = (place: string) =>
          runProgram('audit', ['verify', '--checkpoints', `file:${place}`, '--keys', keys], restored);
        expect(verify(saved)).toMatchObject({ status: 0, said: expect.stringContaining('ok   audit:hub') });
        // What was written after the backup is lost, and is not passed over.
        expect(verify(checkpoints)).toMatchObject({ status: 1, said: expect.stringContaining('BAD  audit:hub') });
      }
    },
    timeoutMs,
  );

  test(
    `${name}: whose keys were destroyed since is not brought back`,
    async () => {
      const url = newUrl(mkdtempSync(join(folder, 'erased-')));
      const file = join(folder, 'erased.db');
      const store = await opened(url);
      const key = { kek: 'k1', generation: 0, wrapped: { iv: 'i', text: 't' } };
      for (const id of ['kept', 'gone', 'anew']) await store.save(personKeys, { id, data: key, expectedVersion: 0 });
      // Not for the process that holds an embedded store.
      await store.close();
      expect(runProgram('backup', ['--from', url, '--to', file])).toMatchObject({ status: 0 });
      const later = await opened(url);
      const gone = { ...key, generation: 1, wrapped: null };
      await later.save(personKeys, { id: 'gone', data: gone, expectedVersion: 1 });
      await later.save(personKeys, { id: 'anew', data: { ...key, generation: 2 }, expectedVersion: 1 });
      await later.close();
      for (const to of restoredTo(folder)) {
        expect(runProgram('restore', ['--from', file, '--to', to, '--erased-in', url])).toMatchObject({
          status: 0,
          said: expect.stringContaining('The keys of 2 persons'),
        });
        const restored = await opened(to);
        const found = await restored.loadMany(personKeys, ['kept', 'gone', 'anew']);
        await restored.close();
        expect(found.map((one) => one?.data)).toEqual([key, gone, { ...gone, generation: 2 }]);
      }
    },
    timeoutMs,
  );
}

/** The writer's last line before the work. It goes on until so many lines and a checkpoint after it, and is killed. */
async function whileWriting(
  args: readonly string[],
  { signed, work, lines }: { signed: () => number; work: () => void; lines: number },
): Promise<{ readonly before: number }> {
  const child: ChildProcess = spawn(process.execPath, [WRITER, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let [before, signedThen] = [0, 0];
  if (child.stdout === null) throw new Error('the writer has no output');
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const n = Number(line);
      if (before === 0 && n >= lines && signed() > 0) {
        before = n;
        work();
        signedThen = signed();
      } else if (before > 0 && n >= before + lines && signed() > signedThen) break;
    }
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
  return { before };
}

/** The document, the record of each answered request, and of each change its record or the event that will make it. */
async function expectAllOf(url: string, acknowledged: number): Promise<void> {
  const store = await opened(url);
  try {
    const version = (await store.load(counters, 'c'))?.version ?? 0;
    expect(version).toBeGreaterThanOrEqual(acknowledged);
    const ids = new Set((await recordsIn(store)).map(({ id }) => id));
    const waiting = new Set((await store.claim({ type: AUDIT_EVENT, leaseMs: 1, limit: 100_000 })).map(({ id }) => id));
    const numbers = Array.from({ length: acknowledged }, (_, i) => i + 1);
    expect(numbers.filter((n) => !ids.has(`request-${n}`))).toEqual([]);
    expect(numbers.filter((n) => !ids.has(`change-${n}`) && !waiting.has(`change-${n}`))).toEqual([]);
    // No event of a change that is not there.
    expect([...waiting].filter((id) => Number(id.slice('change-'.length)) > version)).toEqual([]);
  } finally {
    await store.close();
  }
}
