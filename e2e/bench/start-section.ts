import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { markdownTable } from './markdown-table.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/xinqiao', import.meta.url));
const RUNS = 3;

/** `npm run demo -- --once`, as a user types it; the first as after `npm ci`, without the cache that a run leaves. */
export async function startSection(): Promise<string> {
  rmSync(CACHE, { recursive: true, force: true });
  const rows: (readonly (string | number)[])[] = [];
  for (let run = 1; run <= RUNS; run += 1) {
    const load = loadavg()[0] ?? Number.NaN;
    rows.push([run === 1 ? 'first, without cache' : `${run}`, ...(await demoOnce()), load]);
  }
  return markdownTable(['run', 'all of it, s', 'until ready, s', 'exit code', 'load average before'], rows);
}

async function demoOnce(): Promise<readonly [number, number, string]> {
  const startedAt = performance.now();
  const child = spawn('npm', ['run', 'demo', '--', '--once'], { cwd: PROJECT, stdio: ['ignore', 'pipe', 'ignore'] });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const ready = Number(/Ready after ([\d.]+) s/.exec(output)?.[1]);
  return [(performance.now() - startedAt) / 1_000, ready, String(code)];
}
