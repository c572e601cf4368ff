import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const SEQUENCER = fileURLToPath(new URL('longest-first.ts', import.meta.url));

const resultSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
});

/** Runs Jest with these arguments. A suite that did not load, a step that failed and a skipped test count as failed. */
export async function runJest(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ passed: number; failed: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-test-'));
  const file = join(folder, 'result.json');
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      const child = spawn('jest', ['--json', `--outputFile=${file}`, '--testSequencer', SEQUENCER, ...args], {
        // The JSON on standard output stands in the file as well; people read standard error.
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
          ...process.env,
          ...environment,
          NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
          // Hundreds of programs are started, from the same sources: compiled once they start in half the time.
          NODE_COMPILE_CACHE: join(tmpdir(), 'xinqiao-compiled'),
        },
      });
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (!existsSync(file)) return { passed: 0, failed: 1 };
    const result = resultSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const failed =
      result.numFailedTests + result.numPendingTests + result.numTodoTests + result.numRuntimeErrorTestSuites;
    // Jest may fail without a failed test, e.g. by its own configuration.
    return { passed: result.numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
