import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const project = fileURLToPath(new URL('../', import.meta.url));
const defence = (number: number) => ({
  case: number,
  without: 'the door',
  file: 'house.txt',
  from: 'door',
  to: 'hole',
  test: 'house.test.ts',
  name: 'x',
});

let copy: string;
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'xinqiao-defences-'));
  for (const folder of ['.ci', 'bin']) mkdirSync(join(copy, folder));
  for (const file of ['.ci/without-defence.ts', '.ci/defences.ts', 'package.json'])
    cpSync(join(project, file), join(copy, file));
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(copy, '.ci/defences.json'), JSON.stringify([defence(1), defence(2)]));
  writeFileSync(join(copy, 'house.txt'), 'a door');
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

const inCopy = (file: string) => readFileSync(join(copy, file), 'utf8');

/** With a jest that notes what it found, and then does that. */
function run(args: readonly string[], jestDoes = 'exit 1') {
  const script = `#!/bin/sh\ncat house.txt >> seen.txt\n${jestDoes}\n`;
  writeFileSync(join(copy, 'bin/jest'), script, { mode: 0o755 });
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(copy, '.ci/without-defence.ts'), ...args], {
    encoding: 'utf8',
    timeout: 20_000,
    env: { ...process.env, PATH: `${join(copy, 'bin')}${delimiter}${process.env['PATH']}` },
  });
  return { status, stdout, stderr };
}

test.each([
  [['--help'], 0, 'stdout'],
  [['--everything'], 2, 'stderr'],
] as const)('%j says how it is used, and takes nothing out', (args, status, where) => {
  expect(run(args)).toMatchObject({ status, [where]: expect.stringContaining('npm run defences') });
  expect(() => inCopy('seen.txt')).toThrow('ENOENT');
});

test('what would hold by itself is taken out at the same time, and put back', () => {
  const both = { ...defence(1), and: [{ file: 'barn.txt', from: 'gate', to: 'gap' }] };
  writeFileSync(join(copy, '.ci/defences.json'), JSON.stringify([both]));
  writeFileSync(join(copy, 'barn.txt'), 'a gate');
  run([], 'cat barn.txt >> seen.txt');
  expect(inCopy('seen.txt')).toBe('a holea gap');
  expect([inCopy('house.txt'), inCopy('barn.txt')]).toEqual(['a door', 'a gate']);
});

test.each([
  ['Error: expect(received).toBe(expected)', 0, '"x" fails'],
  ['Error: Exceeded timeout of 60000 ms for a hook.', 1, '"x" did not begin'],
])('of a test that failed by %j', (message, status, said) => {
  const assertionResults = [{ status: 'failed', failureMessages: [message] }];
  const result = { numPassedTests: 0, numRuntimeErrorTestSuites: 0, testResults: [{ assertionResults }] };
  writeFileSync(join(copy, 'result.json'), JSON.stringify(result));
  const jest = `for word; do case $word in --outputFile=*) cp result.json "\${word#*=}";; esac; done`;
  expect(run(['1'], jest)).toMatchObject({ status, stdout: expect.stringContaining(said) });
});

test('each test of a removal fails by itself: one that fails does not stand for another that passes', () => {
  const both = { ...defence(1), also: [{ test: 'house.test.ts', name: 'other' }] };
  writeFileSync(join(copy, '.ci/defences.json'), JSON.stringify([both]));
  const result = (status: string, failureMessages: readonly string[]) =>
    JSON.stringify({
      numPassedTests: Number(status === 'passed'),
      numRuntimeErrorTestSuites: 0,
      testResults: [{ assertionResults: [{ status, failureMessages }] }],
    });
  writeFileSync(join(copy, 'x.json'), result('failed', ['Error']));
  writeFileSync(join(copy, 'other.json'), result('passed', []));
  const jest = `for word; do case $word in *other*) of=other;; --outputFile=*) cp "\${of:-x}.json" "\${word#*=}";; esac; done`;
  const { status, stdout } = run(['1'], jest);
  expect(stdout).toContain('"x" fails\n');
  expect(stdout).toContain('"other" PASSES\n1 of 2');
  expect(status).toBe(1);
});

test.each([
  ['INT', 130],
  ['TERM', 143],
])('SIG%s puts the defence back and ends the run', (signal, status) => {
  expect(run([], `kill -${signal} $PPID; exec tail -f /dev/null`)).toMatchObject({ status, stdout: '' });
  expect([inCopy('seen.txt'), inCopy('house.txt')]).toEqual(['a hole', 'a door']);
});

test('the defence is back although the test does not end, and a second signal ends the run', () => {
  const deaf = 'for i in $(seq 500); do grep -q door house.txt && break; done; kill -TERM $PPID';
  expect(run([], `trap "" TERM; kill -TERM $PPID; ${deaf}`)).toMatchObject({ status: null, stdout: '' });
  expect([inCopy('seen.txt'), inCopy('house.txt')]).toEqual(['a hole', 'a door']);
});

test('each defence is out while its test runs, and back afterwards', () => {
  expect(run(['2'])).toMatchObject({ status: 1, stdout: expect.stringContaining('"x" did not end\n0 of 1') });
  expect([inCopy('seen.txt'), inCopy('house.txt')]).toEqual(['a hole', 'a door']);
});
