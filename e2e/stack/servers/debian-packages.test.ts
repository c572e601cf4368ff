import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { debianProgram } from './debian-packages.ts';

const { PATH } = process.env;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xinqiao-debian-'));
  process.env['PATH'] = `${folder}:${PATH}`;
});
afterEach(() => {
  process.env['PATH'] = PATH;
  rmSync(folder, { recursive: true });
});

/** In place of the system's; it writes down what it is told. */
function aptGet(script: string): () => string {
  const [program, log] = [join(folder, 'apt-get'), join(folder, 'told')];
  writeFileSync(program, `#!/bin/sh\necho "$*" >> ${log}\n${script}\n`);
  chmodSync(program, 0o755);
  return () => (existsSync(log) ? readFileSync(log, 'utf8') : '');
}
const WANTED = { name: 'Made-up', packages: ['made-up', 'made-up-data'], program: 'made-up-program', say: () => {} };

test('a program that is along PATH is taken, and nothing is installed', async () => {
  const told = aptGet('exit 1');
  writeFileSync(join(folder, 'made-up-program'), '');
  expect(await debianProgram(WANTED)).toBe(join(folder, 'made-up-program'));
  expect(told()).toBe('');
});

test('one that is missing is installed by apt-get', async () => {
  const told = aptGet(`[ "$1" = update ] || touch ${join(folder, 'made-up-program')}`);
  expect(await debianProgram(WANTED)).toBe(join(folder, 'made-up-program'));
  expect(told()).toBe('update -q\ninstall -y -q --no-install-recommends made-up made-up-data\n');
});

test('who may not install is told what is needed', async () => {
  aptGet('exit 100');
  await expect(debianProgram(WANTED)).rejects.toThrow(/Made-up could not be installed.*apt-get update[^]*root/);
});
