import { expect, test } from '@jest/globals';
import { withheldLabel } from './withheld.ts';

const labelled = (security: unknown) => ({ resourceType: 'Condition', meta: { security } });

test.each([
  ['without labels', { resourceType: 'Condition' }, false],
  ['with another label', labelled([{ system: 's', code: 'R' }]), false],
  ['labelled NOPAT', labelled([{ code: 'R' }, { code: 'NOPAT' }]), true],
  ['with labels that cannot be read', labelled('NOPAT'), true],
])('a resource %s is withheld: %s', (_, resource, withheld) => {
  expect(withheldLabel.parse(resource)).toEqual({ withheld });
});
