import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { z } from 'zod';
import { inProject } from './kept-processes.ts';

/**
 * What a program of the project measures: it runs in a process of its own, gets an empty folder on the machine's own disk
 * as its first argument, and prints its figures as JSON; what it says of its progress is shown with `aloud`. Process and
 * folder are gone afterwards, also when the benchmark is broken off.
 */
export async function measuredProgram<T>(
  program: string,
  {
    figures,
    given = [],
    within = tmpdir(),
    aloud = false,
  }: { figures: z.ZodType<T>; given?: readonly (string | number)[]; within?: string; aloud?: boolean },
): Promise<T> {
  const folder = mkdtempSync(join(within, 'xinqiao-bench-'));
  const child = spawn(process.execPath, [inProject(program), folder, ...given.map(String)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (aloud) child.stderr.pipe(process.stderr, { end: false });
  const endAtOnce = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', endAtOnce);
  try {
    const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    if (code !== 0) throw new Error(`${program} did not come to its end: ${errors}`);
    return figures.parse(JSON.parse(output));
  } finally {
    process.off('exit', endAtOnce);
    rmSync(folder, { recursive: true, force: true });
  }
}
