import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { faultsOfRun } from './faults-of-run.ts';
import { STACK_FAULTS } from './stack-faults.ts';

const GIVEN = { XINQIAO_TEST_MONGODB_URL: 'mongodb://a,b,c/?replicaSet=rs0' };
const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);

test('case 70: at every change the most different faults are tried, and the others are named', () => {
  const { starts, untried } = faultsOfRun({});
  const [tried = [], ...further] = starts;
  expect(names(tried)).toEqual([
    'kill -9: one of two gateways',
    'kill -9: the subgraph of referrals, with the relay of its outbox',
    'kill -9: the store',
    'kill -9: Keycloak',
    'SIGTERM: one of two gateways',
    'cut: all and the store',
    'cut: the subgraph of justice and its database',
  ]);
  expect(further).toEqual([]);
  expect([...names(tried), ...names(untried)].toSorted()).toEqual(names(STACK_FAULTS).toSorted());
});

test('npm run test:faults tries all of them, longer and under more load', () => {
  const { starts, untried, seconds, clients, restMs, leastChanges } = faultsOfRun({
    XINQIAO_FAULT_SECONDS: '10',
  });
  expect([names(starts.flat()), untried, seconds]).toEqual([names(STACK_FAULTS), [], 10]);
  expect(starts.map(({ length }) => length)).toEqual([5, 5, 5, 5, 5, 5, 5]);
  expect(clients).toBeGreaterThan(faultsOfRun({}).clients);
  expect(restMs).toBeLessThan(faultsOfRun({}).restMs);
  expect(leastChanges).toBeGreaterThanOrEqual(20);
});

test('a replica set that was given is neither killed nor cut, and that is said', () => {
  const { starts, untried } = faultsOfRun({ XINQIAO_FAULT_SECONDS: '10', ...GIVEN });
  expect(names(starts.flat())).toHaveLength(STACK_FAULTS.length - 8);
  expect(untried.map(({ name, why }) => `${name}: ${why}`)).toEqual([
    'kill -9: the store: the store of XINQIAO_TEST_MONGODB_URL is not ours to break',
    'cut: all and the store: the store of XINQIAO_TEST_MONGODB_URL is not ours to break',
    '20 ms later each way: all and the store: the store of XINQIAO_TEST_MONGODB_URL is not ours to break',
    'cut: one of two gateways and the store: the store of XINQIAO_TEST_MONGODB_URL is not ours to break',
    'cut: the subgraph of persons and the store: the store of XINQIAO_TEST_MONGODB_URL is not ours to break',
    'cut: the subgraph of referrals and the store: the store of XINQIAO_TEST_MONGODB_URL is not ours to break',
    'cut: the subgraph of the audit log and the store: the store of XINQIAO_TEST_MONGODB_URL is not ours to break',
    'cut: the subgraph of the directory and the store: the store of XINQIAO_TEST_MONGODB_URL is not ours to break',
  ]);
});

test('no two faults have one name', () => {
  expect(new Set(names(STACK_FAULTS)).size).toBe(STACK_FAULTS.length);
});

test('docs/reliability.md has a row for each of them, in their order', () => {
  const page = readFileSync(new URL('../../../docs/reliability.md', import.meta.url), 'utf8');
  const [, table = ''] = page.split(/^\| fault .*\n\| -.*\n/m);
  const rows = table.slice(0, table.indexOf('\n\n')).split('\n');
  expect(rows.map((row) => row.split('|')[1]?.trim())).toEqual(names(STACK_FAULTS));
});
