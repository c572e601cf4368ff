import { expect, test } from '@jest/globals';
import { gatewayBenchOptions } from './options.ts';

test('without options all contestants are measured, five rounds of two seconds', () => {
  expect(gatewayBenchOptions([])).toMatchObject({
    rounds: 5,
    until: { seconds: 2 },
    connections: [1, 10, 50, 200],
    parts: ['rates', 'half-load', 'growth'],
    only: expect.arrayContaining(['hub', 'apollo', 'hive', 'mercurius-jit', 'fan-out']),
  });
});

test.each([
  [['--quick'], { rounds: 3, until: { answers: 2_000 }, parts: ['rates'] }],
  [['--quick', '--rounds', '9', '--endurance'], { rounds: 9, parts: ['rates', 'endurance'] }],
  [['--only', 'hub,fan-out', '--operations', 'profile'], { only: ['hub', 'fan-out'], operations: ['profile'] }],
  [['--connections', '1,50'], { connections: [1, 50] }],
  [['--answers', '500'], { rounds: 5, until: { answers: 500 } }],
  [['--parts', 'growth'], { parts: ['growth'] }],
])('%j is understood', (args, expected) => {
  expect(gatewayBenchOptions(args)).toMatchObject(expected);
});

test.each([
  [['--only', 'cosmo'], '--only: must be of hub'],
  [['--connections', '0'], '--connections'],
  [['--rounds', 'many'], '--rounds'],
])('%j is refused in words', (args, message) => {
  expect(() => gatewayBenchOptions(args)).toThrow(message);
});
