import { expect, test } from '@jest/globals';
import { type Guardianship, actingGuardians } from './guardianship.ts';

const mother: Guardianship = {
  guardianId: 'm',
  kind: 'PARENT',
  evidence: 'e',
  from: '2011-03-05',
  to: '2029-03-05',
  ward: 'MINOR',
  suspended: false,
  suspensions: [],
};
// Half past midnight on the last day in Shanghai, the day before in Greenwich.
const LAST_DAY = Date.parse('2029-03-05T00:30:00+08:00');

test.each([
  ['on its first day', Date.parse('2011-03-05T00:00:00+08:00'), {}, true],
  ['a moment before', Date.parse('2011-03-04T23:59:59+08:00'), {}, false],
  ['on its last day in Shanghai', LAST_DAY - 86_400_000, { to: '2029-03-04' }, true],
  ['a day after', LAST_DAY, { to: '2029-03-04' }, false],
  ['without an end, after the eighteenth birthday', LAST_DAY * 2, { to: null }, false],
  ['of an adult, without an end', LAST_DAY * 2, { ward: 'ADULT', to: null }, true],
  ['on the eighteenth birthday', LAST_DAY, { to: null }, false],
  ['while the guardian is the suspect of a report', LAST_DAY - 86_400_000, { suspended: true }, false],
] as const)('rights follow from a guardianship %s: %s', (_, now, changes, expected) => {
  expect(actingGuardians({ birthDate: '2011-03-05', guardianships: [{ ...mother, ...changes }] }, now)).toHaveLength(
    expected ? 1 : 0,
  );
});
