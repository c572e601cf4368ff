import { expect, test } from '@jest/globals';
import { decideAccess } from './access-decision.ts';
import { granted } from './access-fixtures.ts';
import { ASKING, decisionCost, IN_CARE } from './decision-cost.fixture.ts';

test('what is measured are decisions of every kind: by team, own record, consent, for a guardian, and a refusal', () => {
  const bases = ASKING.map((question) => new Set(Object.values(granted(decideAccess(question, IN_CARE)))));
  expect(bases.map((one) => [...one].toSorted())).toEqual([
    ['CARE_TEAM', 'OWN_RECORD'],
    ['CARE_TEAM', 'CONSENT', 'OWN_RECORD'],
    ['CONSENT', 'OWN_RECORD'],
    [],
    ['SELF'],
  ]);
});

test('the measure has one figure a batch', () => {
  expect(decisionCost(50)).toHaveLength(5);
});
