import { expect, test } from '@jest/globals';
import { readBudget } from './read-budget.ts';

const INVALID = expect.objectContaining({ code: 'SOURCE_INVALID', source: 'sample' });

test('pages within the budget pass, the one that exceeds it does not', () => {
  const byRows = readBudget('sample');
  byRows({ rows: 20_000, bytes: 0 });
  expect(() => byRows({ rows: 1, bytes: 0 })).toThrow(INVALID);
  const byBytes = readBudget('sample');
  byBytes({ rows: 0, bytes: 10_000_000 });
  expect(() => byBytes({ rows: 0, bytes: 1 })).toThrow(INVALID);
});
