import { expect, test } from '@jest/globals';
import { retryBudget } from './retry-budget.ts';

const spend = (budget: ReturnType<typeof retryBudget>) => {
  let spent = 0;
  while (budget.withdraw()) spent += 1;
  return spent;
};

test('the reserve is free, then retries must be earned', () => {
  const budget = retryBudget({ ratio: 0.25, reserve: 3 });
  expect(spend(budget)).toBe(3);
  for (let i = 0; i < 8; i += 1) budget.deposit();
  expect(spend(budget)).toBe(2);
});

test('no more than the reserve is saved up', () => {
  const budget = retryBudget({ ratio: 1, reserve: 3 });
  for (let i = 0; i < 100; i += 1) budget.deposit();
  expect(spend(budget)).toBe(3);
});
