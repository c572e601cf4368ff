import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface DebianServer {
  /** For people, e.g. `MariaDB`. */
  readonly name: string;
  readonly packages: readonly string[];
  /**
   * Where its program is once it is installed; `*` stands for a version, and the last one found is taken. A bare name is
   * looked for along PATH.
   */
  readonly program: string;
  readonly say?: (line: string) => void;
}

/** Finds a server's program, or has apt-get install it. Throws with what a person can do. */
export async function debianProgram({ name, packages, program, say = console.error }: DebianServer): Promise<string> {
  const there = found(program);
  if (there !== undefined) return there;
  say(`${name}: installing ${packages.join(', ')} with apt-get`);
  await step(name, ['update', '-q']);
  await step(name, ['install', '-y', '-q', '--no-install-recommends', ...packages]);
  const installed = found(program);
  if (installed === undefined) throw new Error(`${name} was installed, but ${program} is not there`);
  return installed;
}

function found(program: string): string | undefined {
  if (!program.includes('/'))
    return (process.env['PATH'] ?? '')
      .split(delimiter)
      .map((folder) => join(folder, program))
      .find((file) => existsSync(file));
  if (!program.includes('*')) return existsSync(program) ? program : undefined;
  return globSync(program).toSorted(byNumbers).at(-1);
}

const byNumbers = (one: string, other: string) => one.localeCompare(other, 'en', { numeric: true });

async function step(name: string, args: readonly string[]): Promise<void> {
  try {
    await run('apt-get', args, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (cause) {
    throw new Error(
      `${name} could not be installed; this failed: apt-get ${args.join(' ')}\n` +
        'It needs Debian or Ubuntu and the rights to install (root). Where you have none, ask somebody who has to run it.',
      { cause },
    );
  }
}
