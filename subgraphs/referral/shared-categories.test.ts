import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { consent, link } from '../person/person-fixtures.ts';
import { at, type Hub, referralHub, wardWith } from './referral.fixture.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await referralHub();
});
afterEach(() => hub.close());

test.each([
  ['to a department’s clinic', 'clinic', 'union:employee-assistance', []],
  ['to a party that may be an employer', 'committee', 'union:employee-assistance', ['CATEGORY_NOT_ALLOWED']],
  ['what is open to employers', 'committee', 'union:hardship-aid', []],
  ['what nobody has', 'committee', 'union:payroll', ['UNKNOWN_CATEGORY']],
  ['what the requester does not see', 'clinic', 'health:visits', ['CATEGORY_NOT_ALLOWED']],
])('what a union may share: %s', async (_, organisation, category, codes) => {
  const recipients = ['clinic', 'committee'].map((one) => ({
    department: one === 'clinic' ? 'HEALTH' : null,
    organisation: one,
    team: null,
    division: '990101',
  }));
  const categories = ['union:employee-assistance', 'union:hardship-aid', 'health:visits'];
  await wardWith(hub, {
    links: [link(), link({ department: 'UNION', localId: 'U-1' })],
    consents: [consent({ id: 'union', recipients, categories, purposes: ['REFERRAL'] })],
  });
  const changes = { target: { organisation }, categories: [category] };
  expect((await hub.create(changes, at('union-service'))).codes).toEqual(codes);
});
