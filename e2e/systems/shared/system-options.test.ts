import { expect, test } from '@jest/globals';
import { departmentsOf, readDeployment } from '../../../schema/departments.ts';
import { systemOptions } from './system-options.ts';

test('without options every department of the deployment runs on 200 people, from port 4110 on', () => {
  expect(systemOptions([])).toEqual({
    people: 200,
    seed: 20_261_122,
    portBase: 4110,
    only: departmentsOf(readDeployment()).map(({ slug }) => slug),
    endWithParent: false,
  });
});

test('each option is read', () => {
  const args = ['--people', '1000', '--seed', '5', '--port-base', '0', '--only', 'health,union', '--end-with-parent'];
  expect(systemOptions(args)).toEqual({
    people: 1_000,
    seed: 5,
    portBase: 0,
    only: ['health', 'union'],
    endWithParent: true,
  });
  expect(systemOptions(['--host', 'samples', '--drop-folder', '/drop'])).toMatchObject({
    host: 'samples',
    folder: '/drop',
  });
  expect(systemOptions(['--help'])).toBe('help');
});

test('every bad option is named at once', () => {
  const bad = ['--people', 'many', '--seed', '-', '--only', 'health,police', '--port-base', '70000'];
  expect(() => systemOptions(bad)).toThrow(/--people[\s\S]*--seed[\s\S]*--port-base[\s\S]*--only/);
  expect(() => systemOptions(['--frobnicate'])).toThrow(/frobnicate/);
});
