import { expect, test } from '@jest/globals';
import { benchOptions, HELP } from './options.ts';

test('the whole, by default; the large district only when its size is named', () => {
  expect(benchOptions([])).toMatchObject({
    sections: ['calls', 'load', 'start', 'audit', 'trust', 'races', 'moves', 'lists', 'feed', 'webhooks'],
    rounds: 3,
    seconds: 4,
  });
  expect(benchOptions(['--people', '5000'])).toMatchObject({
    sections: ['calls', 'load', 'start', 'audit', 'trust', 'races', 'moves', 'lists', 'feed', 'webhooks', 'scale'],
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

test('the help names every section', () => {
  const options = benchOptions(['--people', '1']);
  const named = options === 'help' ? [] : options.sections;
  expect(named.filter((section) => !new RegExp(`^  ${section} +\\S`, 'm').test(HELP))).toEqual([]);
});

test('the size of the log and the number of races can be said', () => {
  expect(benchOptions([])).toMatchObject({ records: 100_000, races: 1_000 });
  expect(benchOptions(['--records', '1000000', '--races', '50'])).toMatchObject({ records: 1_000_000, races: 50 });
});

test('so can the length of the inbox and of the feed', () => {
  expect(benchOptions([])).toMatchObject({ referrals: 100_000, changes: 100_000 });
  expect(benchOptions(['--referrals', '1000000', '--changes', '50'])).toMatchObject({
    referrals: 1_000_000,
    changes: 50,
  });
});

test('side channels are measured only when they are named, by as many samples as are said', () => {
  expect(benchOptions(['--only', 'side-channels'])).toMatchObject({ sections: ['side-channels'], samples: 2_000 });
  expect(benchOptions(['--samples', '500'])).toMatchObject({ samples: 500 });
});
