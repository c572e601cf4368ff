/**
 * `npm run defences`: takes one defence after the other out of the sources, runs the test of its attack case, and puts the
 * defence back. A test that passes without its defence proves nothing. `npm run defences -- 12 58` tries those cases only.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Defence, readDefences } from './defences.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

const wanted = new Set(process.argv.slice(2).map(Number));
const tried = readDefences().filter(({ case: number }) => wanted.size === 0 || wanted.has(number));
let missed = 0;
for (const defence of tried) {
  const verdict = withoutIt(defence);
  if (verdict !== 'fails') missed += 1;
  console.log(`case ${defence.case}: without ${defence.without} (${defence.file}) its test ${verdict}`);
}
console.log(`${tried.length - missed} of ${tried.length} tests fail without their defence`);
process.exitCode = missed === 0 && tried.length > 0 ? 0 : 1;

function withoutIt({ file, from, to, test, name }: Defence): string {
  const path = join(root, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(from).length !== 2) return 'was not run: the defence does not stand there once, as written';
  const restore = () => writeFileSync(path, source);
  process.once('SIGINT', restore).once('SIGTERM', restore);
  try {
    writeFileSync(
      path,
      source.replace(from, () => to),
    );
    return verdictOf(test, name);
  } finally {
    restore();
    process.off('SIGINT', restore).off('SIGTERM', restore);
  }
}

function verdictOf(test: string, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-defence-'));
  const result = join(folder, 'result.json');
  try {
    spawnSync('jest', [test, '-t', name, '--forceExit', '--json', `--outputFile=${result}`], {
      cwd: root,
      stdio: 'ignore',
      env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' },
    });
    if (!existsSync(result)) return 'did not end';
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(result, 'utf8'));
    if (numFailedTests > 0) return 'fails';
    if (numRuntimeErrorTestSuites > 0) return 'did not load';
    return numPassedTests > 0 ? 'PASSES' : 'was not found';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
