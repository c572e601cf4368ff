import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { consent, link } from '../person/person-fixtures.ts';
import { persons } from '../person/person.ts';
import { at, type Hub, referralHub, wardWith } from './referral.fixture.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await referralHub();
  const stored = await hub.store.load(persons, 'ward');
  const recipients = ['HEALTH', 'CIVIL_AFFAIRS'].map((department) => ({
    department,
    organisation: null,
    team: null,
    division: '990101',
  }));
  const given = consent({
    id: 'wide',
    recipients,
    purposes: ['REFERRAL'],
    coversWayBack: true,
    categories: ['health:rehabilitation'],
  });
  await wardWith(hub, {
    links: [...(stored?.data.links ?? []), link({ department: 'CIVIL_AFFAIRS', localId: 'C-1' })],
    consents: [...(stored?.data.consents ?? []), given],
  });
});
afterEach(() => hub.close());

const school = at('school-7');
const clinic = at('clinic');
const station = at('station');
const reporting = (organisation: string) => at(organisation, { purpose: 'MANDATORY_REPORTING' });

const DOWN = {
  kind: 'TWO_WAY_DOWN',
  target: { organisation: 'station' },
  reasonCode: 'REHABILITATION',
  categories: [],
  dischargeAssessment: { assessedOn: '2026-11-18' },
};
const RELAPSE = { kind: 'GREEN_CHANNEL', reasonCode: 'RELAPSE', categories: [], target: { organisation: 'clinic' } };
const REPORT = { kind: 'MANDATORY_REPORT', reasonCode: 'HARM_TO_MINOR', categories: [] };
const ORDINARY = { target: { organisation: 'health-commission' }, categories: [] };

async function accepted(changes: object, from: ReturnType<typeof at>, to: ReturnType<typeof at>): Promise<string> {
  const { referral, userErrors } = await hub.create(changes, from);
  expect(userErrors).toEqual([]);
  expect((await hub.move('acceptReferral', referral.id, to)).codes).toEqual([]);
  return referral.id;
}

test.each([
  ['by its target, back to its requester', station, RELAPSE, []],
  ['by somebody else', school, RELAPSE, ['BASED_ON_MISSING']],
  ['to another hospital', station, { ...RELAPSE, target: { organisation: 'second-clinic' } }, ['BASED_ON_MISSING']],
])('a relapse goes the way back of what it reverses: %s', async (_, as, changes, codes) => {
  const basedOnId = await accepted(DOWN, clinic, station);
  expect((await hub.create({ ...changes, basedOnId }, as)).codes).toEqual(codes);
});

test('what was not accepted is not reversed', async () => {
  const { referral } = await hub.create(DOWN, clinic);
  expect((await hub.create({ ...RELAPSE, basedOnId: referral.id }, station)).codes).toEqual(['BASED_ON_MISSING']);
});

test.each([
  [
    'no ordinary referral from a report',
    { ...REPORT, target: { organisation: 'education-bureau' } },
    ORDINARY,
    at('education-bureau'),
  ],
  ['no report from an ordinary referral', {}, { ...REPORT, target: { organisation: 'police' } }, reporting('school-7')],
])('only reports go on from reports: %s', async (_, first, next, as) => {
  const isReport = 'kind' in first;
  const basedOnId = await accepted(
    first,
    isReport ? reporting('school-7') : school,
    isReport ? reporting('education-bureau') : clinic,
  );
  expect((await hub.create(next, as)).codes).toEqual([]);
  expect((await hub.create({ ...next, basedOnId }, as)).codes).toEqual(['BASED_ON_MISSING']);
});
