import { expect, test } from '@jest/globals';
import { benchOptions } from './options.ts';

test('the whole, by default; the large district only when its size is named', () => {
  expect(benchOptions([])).toMatchObject({ sections: ['calls', 'load', 'start', 'audit'], rounds: 3, seconds: 4 });
  expect(benchOptions(['--people', '5000'])).toMatchObject({
    sections: ['calls', 'load', 'start', 'audit', 'scale'],
    people: 5_000,
  });
});

test('quick is one short round; what is said besides wins', () => {
  expect(benchOptions(['--quick'])).toMatchObject({ sections: ['calls', 'load'], rounds: 1, seconds: 1 });
  expect(benchOptions(['--quick', '--seconds', '2'])).toMatchObject({ seconds: 2 });
});

test('every bad option is named at once', () => {
  expect(() => benchOptions(['--seconds', 'x', '--only', 'calls,nothing'])).toThrow(/--seconds[^]*--only/);
  expect(() => benchOptions(['--fast'])).toThrow(/--fast/);
});
