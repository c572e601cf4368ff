import { expect, test } from '@jest/globals';
import { callerSchema, type Caller } from './caller.ts';

const worker: Caller = {
  subject: 'a1',
  client: 'health-system',
  organisation: 'health-bureau',
  department: 'HEALTH',
  division: '990101',
  roles: ['case-worker'],
  scopes: ['health:visits:read'],
  purposes: ['CARE'],
  personId: null,
};

test('a caller survives the way through JSON', () => {
  expect(callerSchema.parse(JSON.parse(JSON.stringify(worker)))).toEqual(worker);
});

test.each([
  ['no subject', { ...worker, subject: '' }],
  ['a division that is none', { ...worker, division: '9901' }],
  ['a slug for a department', { ...worker, department: 'civil-affairs' }],
  ['a purpose that does not exist', { ...worker, purposes: ['CURIOSITY'] }],
  ['a person with a department', { ...worker, personId: 'p1' }],
  ['a claim too many', { ...worker, admin: true }],
])('a caller with %s is refused', (_, caller) => {
  expect(callerSchema.safeParse(caller).success).toBe(false);
});
