import { expect, test } from '@jest/globals';
import { aimsTable } from './aims.ts';
import type { ContestantName } from './contestants.ts';
import type { Cell } from './rates-section.ts';

const run = (answersPerSecond: number) => ({
  answersPerSecond,
  p50Ms: 1,
  p99Ms: 1,
  failed: 0,
  micros: 1,
  busy: { gateway: 1, others: 0 },
});
const cell = (name: ContestantName, rates: readonly number[]): Cell => ({
  contestant: { name, label: name, url: '', pid: 0, ask: async () => null, headers: async () => ({}) },
  operation: 'profile',
  connections: 50,
  runs: rates.map(run),
  loads: [],
});

test('what falls short of its aim stands out, what reaches it does not, what was not measured is left out', () => {
  const table = aimsTable([cell('hub', [220, 240]), cell('hub-trusted', [100, 110]), cell('fan-out', [200, 200])], 50);
  expect(table).toContain('| hub                                | hand-written fan-out | ≥ 1    | 1.15 (1.10–1.20)');
  expect(table).toContain('≥ 0.75 | **0.53 (0.50–0.55)**');
  expect(table).not.toContain('Apollo');
});
