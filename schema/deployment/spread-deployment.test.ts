import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DEPLOYMENT_FILE, departmentsOf, readDeployment } from '../departments.ts';
import { spreadDeployment } from './spread-deployment.ts';

const whole = readDeployment();
const url = 'http://{name}:4000/graphql';

test('every subgraph at its own address is a deployment of the same departments', () => {
  const spread = spreadDeployment(whole, { url, from: DEPLOYMENT_FILE });
  expect(spread.map((entry) => [entry.module, entry.url])).toEqual(
    whole.map(({ name }) => [undefined, `http://${name}:4000/graphql`]),
  );
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-'));
  writeFileSync(join(folder, 'deployment.json'), JSON.stringify(spread));
  expect(departmentsOf(readDeployment(join(folder, 'deployment.json')))).toEqual(departmentsOf(whole));
  rmSync(folder, { recursive: true });
});

test('one of them elsewhere: the others are found from wherever the file lies', () => {
  const spread = spreadDeployment(whole, {
    url: 'https://wjw.example/graphql',
    only: ['health'],
    from: DEPLOYMENT_FILE,
  });
  expect(spread.filter((entry) => entry.url !== undefined).map(({ name }) => name)).toEqual(['health']);
  expect(spread[0]?.module).toBe(new URL('../../subgraphs/person/main.ts', import.meta.url).href);
});

test.each([
  [{ only: ['helth'] }, /no subgraph helth; there are person, /],
  [{ url: 'http://one:4000/graphql' }, /\{name\}/],
])('%j is refused in words', (changed, words) => {
  expect(() => spreadDeployment(whole, { url, from: DEPLOYMENT_FILE, ...changed })).toThrow(words);
});
