import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { idNumberHash } from '../person/id-number-hash.ts';
import { idNumber } from '../person/person-fixtures.ts';
import { PEPPER } from '../person/trust.fixture.ts';
import { at, type Hub, type PartyId, referralHub, wardWith } from './referral.fixture.ts';

let hub: Hub;
beforeEach(async () => {
  hub = await referralHub();
  await wardWith(hub, { idHash: idNumberHash(PEPPER)(idNumber()) });
});
afterEach(() => hub.close());

const WARD = { idNumber: idNumber(), name: '王小明' };
const MISNAMED = { ...WARD, name: '赵小明' };

const reporter = (party: PartyId) => at(party, { purpose: 'MANDATORY_REPORTING' });
const report = (given: object, changes: object = {}) => ({
  personId: undefined,
  person: given,
  categories: [],
  kind: 'MANDATORY_REPORT',
  reasonCode: 'HARM_TO_MINOR',
  target: { organisation: 'police' },
  ...changes,
});

test.each([
  ['then misnamed', [WARD, MISNAMED], 'committee'],
  ['first misnamed', [MISNAMED, WARD], 'committee'],
  ['misnamed in two ways', [MISNAMED, { ...WARD, name: '钱小明' }], 'committee'],
  ['by hub id, then misnamed', [null, MISNAMED], 'school-7'],
] as const)(
  'a report by number tells the second recipient nothing of the reporter, %s',
  async (_, [first, second], party) => {
    const named = first === null ? { person: undefined, personId: 'ward' } : { person: first };
    expect((await hub.create(report({}, named), reporter(party))).codes).toEqual([]);
    const bureau = { target: { organisation: 'civil-affairs-bureau' } };
    const { referral, codes } = await hub.create(report(second, bureau), reporter(party));
    expect(codes).toEqual([]);
    const shown = await hub.look(referral.id, at('civil-affairs-bureau', { purpose: 'MANDATORY_REPORTING' }));
    expect(shown.requester).toBeNull();
  },
);

test.each([
  ['with another name', [WARD, MISNAMED]],
  ['with two other names', [MISNAMED, { ...WARD, name: '钱小明' }]],
])('reports by number at once, %s, tell one recipient alone who reported', async (_, given) => {
  const recipients = ['police', 'civil-affairs-bureau'];
  const made = await Promise.all(
    recipients.map(async (organisation, n) =>
      hub.create(report(given[n] ?? WARD, { target: { organisation } }), reporter('committee')),
    ),
  );
  const shown = await Promise.all(
    made.map(async ({ referral }, n) =>
      hub.look(referral.id, at(recipients[n] ?? '', { purpose: 'MANDATORY_REPORTING' })),
    ),
  );
  expect(shown.filter(({ requester }) => requester === null)).toHaveLength(1);
});
