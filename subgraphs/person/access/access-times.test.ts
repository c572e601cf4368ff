/** When emergencies and reports open something: to the millisecond, as the domain's section 4 says. */
import { expect, test } from '@jest/globals';
import { allScopes, departments, DISTRICT, NOW } from '../person-fixtures.ts';
import { decide, granted } from './access-fixtures.ts';

const HEALTH = { department: 'HEALTH', organisation: null, team: null, division: DISTRICT };
const scopes = [...allScopes, 'emergency:access'];
const everything = departments.flatMap(({ categories }) => categories.map(({ name }) => name));
const at = (ms: number) => new Date(ms).toISOString();

const emergency = (changes: object) => ({
  emergencies: [{ id: 'e', subject: 'worker-1', from: at(NOW), to: at(NOW + 3 * 3_600_000), ...changes }],
});
test.each([
  ['from its beginning', {}, {}, true],
  ['before it', { from: at(NOW + 1) }, {}, false],
  ['until its end, less a moment', { to: at(NOW + 1) }, {}, true],
  ['at its end', { to: at(NOW) }, {}, false],
  ['to nobody but who opened it', { subject: 'worker-2' }, {}, false],
  ['to nobody without the scope', {}, { scopes: scopes.filter((scope) => scope !== 'emergency:access') }, false],
  ['to nobody without a jurisdiction', {}, { division: null }, false],
  ['to nobody by a person’s own token', {}, { personId: 'person-2' }, false],
])('an emergency opens %s', (_, changes, bearer, expected) => {
  const decision = decide(emergency(changes), { caller: { scopes, ...bearer }, purpose: 'CRISIS_RESPONSE' });
  expect([decision.visible, Object.keys(granted(decision)).toSorted()]).toEqual([
    expected,
    expected ? everything.toSorted() : [],
  ]);
});

const report = (changes: object) => ({
  reports: [
    {
      id: 'm',
      recipients: [HEALTH],
      categories: ['education:counselling'],
      from: at(NOW - 1),
      to: null,
      suspects: [],
      ...changes,
    },
  ],
});
test.each([
  ['from its receipt', { from: at(NOW) }, true],
  ['before it', { from: at(NOW + 1) }, false],
  ['until it is closed, less a moment', { to: at(NOW + 1) }, true],
  ['once it is closed', { to: at(NOW) }, false],
  ['to another department', { recipients: [{ ...HEALTH, department: 'CIVIL_AFFAIRS' }] }, false],
])('a mandatory report opens %s', (_, changes, expected) => {
  const facts = report(changes);
  const decision = decide(facts, { caller: { scopes }, purpose: 'MANDATORY_REPORTING' });
  expect(Object.keys(granted(decision))).toEqual(expected ? ['education:counselling'] : []);
});
