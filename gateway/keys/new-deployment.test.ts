import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { weakSecretFault } from '../../adapters/shared/weak-secret.ts';
import { subgraphKeys } from './subgraph-keys.ts';
import { newDeployment } from './new-deployment.ts';

let folder = '';
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'deployment-')), 'secrets');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');

test('every secret is made once, each of its own, none too weak for production', () => {
  const made = newDeployment(folder);
  expect(made.toSorted()).toEqual(
    readdirSync(folder)
      .filter((name) => name !== 'audit-keys.json')
      .toSorted(),
  );
  expect(new Set(made.map(textOf)).size).toBe(made.length);
  const keys = made.filter((name) => !name.endsWith('.json'));
  expect(keys.flatMap((name) => weakSecretFault(textOf(name), 'key') ?? [])).toEqual([]);
});

test('what is there stays: a second call makes what is missing, and nothing else', () => {
  newDeployment(folder);
  const before = textOf('grant-key.health');
  rmSync(join(folder, 'grant-key.health'), { force: true });
  expect(newDeployment(folder)).toEqual(['grant-key.health']);
  expect(textOf('grant-key.health')).toBe(before);
});

test('the keys of a subgraph are those that `keys -- derive` gives', () => {
  newDeployment(folder);
  const { lines } = subgraphKeys('health', {
    GRANT_SECRET_FILE: join(folder, 'grant-secret'),
    ASSERTION_SECRET_FILE: join(folder, 'assertion-secret'),
  });
  expect(lines).toEqual([`ASSERTION_KEY=${textOf('assertion-key.health')}`, `GRANT_KEY=${textOf('grant-key.health')}`]);
});

test('nobody else gets into the folder; what is in it can be handed to a container of any account', () => {
  const made = newDeployment(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const handed = [...made, 'audit-keys.json'];
  expect(new Set(handed.map((name) => statSync(join(folder, name)).mode & 0o777))).toEqual(new Set([0o444]));
});
