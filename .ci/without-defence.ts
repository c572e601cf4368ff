/**
 * `npm run defences`: takes one defence after the other out of the sources, runs the tests of its attack case, and puts the
 * defence back. A test that passes without its defence proves nothing.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Defence, patternOf, readDefences, testsOf } from './defences.ts';

const HELP = `npm run defences -- [CASE …]

Takes one defence after the other out of the sources (.ci/defences.json), runs the tests of its attack case, each of which
must fail then, and puts the defence back, also when it is interrupted. Commit first: a source file is changed meanwhile.

  CASE      tries the defences of these cases only: 12 58
  --help    this text`;

/** A busy machine, and no proof of anything: the test itself did not run. */
const NOT_BEGUN = /Exceeded timeout of \d+ ms for a hook|\.ts did not start:/;

const jestResult = z.object({
  numPassedTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
  testResults: z.array(
    z.object({ assertionResults: z.array(z.object({ status: z.string(), failureMessages: z.array(z.string()) })) }),
  ),
});

const root = fileURLToPath(new URL('../', import.meta.url));
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(signal));

const args = process.argv.slice(2);
if (args.includes('--help')) console.log(HELP);
else if (args.some((arg) => !/^\d+$/.test(arg))) {
  console.error(HELP);
  process.exitCode = 2;
} else process.exitCode = await tryDefences(new Set(args.map(Number)));

async function tryDefences(wanted: ReadonlySet<number>): Promise<number> {
  const tried = readDefences().filter(({ case: number }) => wanted.size === 0 || wanted.has(number));
  let [tests, failed] = [0, 0];
  for (const defence of tried) {
    const verdicts = await withoutIt(defence);
    if (stop.signal.aborted) return endedBy(stop.signal.reason);
    tests += verdicts.length;
    for (const { name, verdict } of verdicts) {
      if (verdict === 'fails') failed += 1;
      console.log(`case ${defence.case}: without ${defence.without} (${defence.file}) "${name}" ${verdict}`);
    }
  }
  console.log(`${failed} of ${tests} tests fail without their defence`);
  return failed === tests && tests > 0 ? 0 : 1;
}

function endedBy(signal: 'SIGINT' | 'SIGTERM'): number {
  console.error('Interrupted; every defence stands in its place.');
  return 128 + constants.signals[signal];
}

interface Verdict {
  readonly name: string;
  readonly verdict: string;
}

async function withoutIt(defence: Defence): Promise<readonly Verdict[]> {
  const { file, from, to, and } = defence;
  const parts = [{ file, from, to }, ...and].map((part) => {
    const path = join(root, part.file);
    return { ...part, path, source: readFileSync(path, 'utf8') };
  });
  if (parts.some(({ source, from: part }) => source.split(part).length !== 2))
    return testsOf(defence).map(({ name }) => ({
      name,
      verdict: 'was not run: the defence does not stand there once',
    }));
  const restore = () => parts.forEach(({ path, source }) => writeFileSync(path, source));
  // At once, and not when the test has ended: it may hang, and a second signal ends this process.
  stop.signal.addEventListener('abort', restore);
  try {
    for (const { path, source, from: part, to: other } of parts)
      writeFileSync(
        path,
        source.replace(part, () => other),
      );
    return await verdictsOn(defence);
  } finally {
    restore();
    stop.signal.removeEventListener('abort', restore);
  }
}

/** Each by itself: one that fails says nothing of the others. */
async function verdictsOn(defence: Defence): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const one of testsOf(defence)) {
    const verdict = await verdictOf(one.in ?? one.test, patternOf(one, defence.case));
    if (stop.signal.aborted) break;
    verdicts.push({ name: one.name, verdict });
  }
  return verdicts;
}

async function verdictOf(test: string, name: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-defence-'));
  const result = join(folder, 'result.json');
  try {
    await jest([test, '-t', name, '--forceExit', '--json', `--outputFile=${result}`]);
    if (!existsSync(result)) return 'did not end';
    const { numPassedTests, numRuntimeErrorTestSuites, testResults } = jestResult.parse(
      JSON.parse(readFileSync(result, 'utf8')),
    );
    const results = testResults.flatMap(({ assertionResults }) => assertionResults);
    const failed = results.filter(({ status }) => status === 'failed');
    // What was not asked for failed as well: it was a hook that did, for all of them.
    const begun = results.every(({ status, failureMessages }) => status === 'failed' || failureMessages.length === 0);
    if (begun && failed.some(({ failureMessages }) => failureMessages.some((one) => !NOT_BEGUN.test(one))))
      return 'fails';
    if (failed.length > 0) return 'did not begin: what it needs was not there';
    if (numRuntimeErrorTestSuites > 0) return 'did not load';
    return numPassedTests > 0 ? 'PASSES' : 'was not found';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function jest(words: readonly string[]): Promise<void> {
  const child = spawn('jest', words, {
    cwd: root,
    stdio: 'ignore',
    env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' },
  });
  const end = () => child.kill();
  stop.signal.addEventListener('abort', end);
  await once(child, 'close');
  stop.signal.removeEventListener('abort', end);
}
