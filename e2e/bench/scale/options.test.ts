import { expect, test } from '@jest/globals';
import { districtSizes, HELP, scaleBenchOptions } from './options.ts';

test('the whole on SQLite, by default', () => {
  expect(scaleBenchOptions([])).toEqual({
    engines: ['sqlite'],
    areas: ['profile', 'inbox', 'feed', 'audit'],
    from: 1_000,
    upTo: 1_000_000,
    recordsEach: 10,
    rounds: 20,
    verify: false,
    folder: null,
    json: null,
  });
  expect(scaleBenchOptions(['--engine', 'both', '--only', 'feed', '--up-to', '10000'])).toMatchObject({
    engines: ['sqlite', 'mongodb'],
    areas: ['feed'],
    upTo: 10_000,
  });
});

test('every bad option is named at once', () => {
  expect(() => scaleBenchOptions(['--engine', 'oracle', '--up-to', '5000', '--only', 'all'])).toThrow(
    /--engine[^]*--only[^]*--up-to: must be --from times a power of ten/,
  );
  expect(() => scaleBenchOptions(['--fast'])).toThrow(/--fast/);
});

test('a district grows by powers of ten: ten referrals a person, so many records a referral', () => {
  expect(districtSizes({ from: 1_000, upTo: 100_000, recordsEach: 10 })).toEqual([
    { people: 100, referrals: 1_000, records: 10_000 },
    { people: 1_000, referrals: 10_000, records: 100_000 },
    { people: 10_000, referrals: 100_000, records: 1_000_000 },
  ]);
});

test('the help names every option', () => {
  expect([...HELP.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, name]) => name)).toEqual([
    'engine',
    'only',
    'from',
    'up-to',
    'records-each',
    'rounds',
    'verify',
    'folder',
    'json',
    'help',
  ]);
});
