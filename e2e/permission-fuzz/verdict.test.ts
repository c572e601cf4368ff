import { expect, test } from '@jest/globals';
import { audited, requestRecord } from '../../adapters/audit/audit.fixture.ts';
import type { AuditedPerson, RequestRecord } from '../../adapters/audit/port.ts';
import { nothingShown, type Shown } from './reference/shown.ts';
import type { Way } from './arena.ts';
import { verdictOn } from './verdict.ts';

const TEXT = 'query ($a: Boolean!) { person(id: "1") { id displayName @include(if: $a) } }';
const EMPTIED = '{ persons(ids: ["1"]) { displayName timeline { __typename @skip(if: true) } } }';
const ASKING = {
  subject: 'worker',
  client: 'system',
  organisation: null,
  department: null,
  division: null,
  roles: [],
  scopes: [],
  purposes: [],
  personId: null,
  purpose: 'CARE',
} as const;
const EXPECTED = { data: { person: null }, errors: [], shown: nothingShown(), asksNothing: false };
const NO_BASIS = { message: '', path: ['person'], extensions: { code: 'NO_BASIS' } };
const verdict = (
  way: Way,
  {
    text = TEXT,
    data = EXPECTED.data,
    answered = data,
    errors = [],
  }: {
    text?: string;
    data?: object;
    answered?: object;
    errors?: readonly { path: readonly (string | number)[]; message: string; extensions: { code: string } }[];
  },
) =>
  verdictOn(
    { ...EXPECTED, data },
    { way, text, asking: ASKING, answer: { status: 200, data: answered, errors }, records: [] },
  );

test.each(['hub/process', 'apollo/process'] as const)('%s: a right answer without its record is wrong', (way) => {
  expect(verdict(way, {})).toEqual({ what: '0 records of one request', apollos: false });
});

test('what Apollo’s engine is known for is let through, but not without its record', () => {
  expect(verdict('apollo/process', { errors: [NO_BASIS] })).toEqual({
    what: '0 records of one request',
    apollos: true,
  });
  expect(verdict('hub/process', { errors: [NO_BASIS] }).what).toBe('errors too many: NO_BASIS person');
});

test('an error of a field that no condition can leave out is wrong on Apollo’s engine too', () => {
  const text =
    'query ($a: Boolean!) { person(id: "1") { id ...Rest } other: person(id: "2") { health { visits } } } fragment Rest on Person { displayName @include(if: $a) health { ... @skip(if: $a) { visits } } }';
  const at = (...path: (string | number)[]) => verdict('apollo/process', { text, errors: [{ ...NO_BASIS, path }] });
  expect(at('person', 'health', 'visits', 0).apollos).toBe(true);
  expect(at('person', 'displayName').apollos).toBe(true);
  expect(at('person').apollos).toBe(true);
  expect(at('person', 'id')).toEqual({ what: 'errors too many: NO_BASIS person.id', apollos: false });
  expect(at('other').apollos).toBe(false);
});

test('null for an object, or a list of them, of which a condition leaves nothing is Apollo’s; for any other it is wrong', () => {
  const emptied = { data: { persons: [{ timeline: {} }] }, answered: { persons: [{ timeline: null }] } };
  expect(verdict('apollo/process', { text: EMPTIED, ...emptied }).apollos).toBe(true);
  expect(verdict('hub/process', { text: EMPTIED, ...emptied }).apollos).toBe(false);
  expect(verdict('apollo/process', { text: TEXT, ...emptied }).apollos).toBe(false);
  const some = { data: { persons: [{ timeline: { edges: [] } }] }, answered: emptied.answered };
  expect(verdict('apollo/process', { text: EMPTIED, ...some }).apollos).toBe(false);
  const counts = '{ counts: referralCounts(box: INBOX) { __typename @skip(if: true) } myWards { id } }';
  const list = (data: object, answered: object) => verdict('apollo/process', { text: counts, data, answered }).apollos;
  expect(list({ counts: [{}, {}], myWards: [] }, { counts: null, myWards: [] })).toBe(true);
  expect(list({ counts: [], myWards: [] }, { counts: null, myWards: [] })).toBe(true);
  expect(list({ counts: [{}], myWards: [] }, { counts: null, myWards: null })).toBe(false);
  expect(list({ counts: [{}, null], myWards: [] }, { counts: null, myWards: [] })).toBe(false);
});

/** What is wrong where all is as expected but for these. */
const withRecord = (
  {
    way,
    text,
    shown = nothingShown(),
    data = EXPECTED.data,
    answered = data,
  }: {
    way: Way;
    text: string;
    shown?: Shown;
    data?: object;
    answered?: object;
  },
  changes: Partial<RequestRecord>,
) => {
  const { subject, client, organisation, department, division, personId } = ASKING;
  const actor = { subject, client, organisation, department, division, personId };
  const said = { actor, purpose: 'CARE', outcome: 'REFUSED', codes: [], others: [], persons: [] } as const;
  return verdictOn(
    { ...EXPECTED, data, shown },
    {
      way,
      text,
      asking: ASKING,
      answer: { status: 200, data: answered, errors: [] },
      records: [requestRecord({ ...said, ...changes })],
    },
  ).what;
};

test('a person that Apollo’s engine read though a condition left them out may stand in the record, with nothing shown', () => {
  const wrong = '2 was not shown, and stands in the record as shown';
  const recorded = (way: Way, text: string, changes: Partial<AuditedPerson>) =>
    withRecord(
      { way, text },
      {
        coordinates: [['Person.id']],
        persons: [audited({ id: '2', visible: true, coordinates: null, shown: {}, ...changes })],
      },
    );
  expect(recorded('hub/process', TEXT, {})).toBe(wrong);
  expect(recorded('apollo/process', '{ person(id: "1") { id } }', {})).toBe(wrong);
  expect(recorded('apollo/process', TEXT, { coordinates: 0 })).toBe(wrong);
});

test('whom a field asks about of which conditions leave nothing, Apollo’s engine may never have asked about; shown they are recorded', () => {
  const missing = (way: Way, text: string, coordinates: readonly string[] = []) => {
    const shown = nothingShown();
    const person = shown.ofPerson('1');
    for (const one of coordinates) person.coordinates.add(one);
    return withRecord({ way, text, shown }, {});
  };
  const emptied = '{ consents(personId: "1") { status @skip(if: true) } }';
  expect(missing('apollo/process', emptied)).toBeNull();
  expect(missing('hub/process', emptied)).toBe('0 entries about 1');
  expect(missing('apollo/process', '{ consents(personId: "1") { status } }')).toBe('0 entries about 1');
  expect(missing('apollo/process', emptied, ['Query.consents'])).toBe('0 entries about 1');
});

test('the referral of a list of which conditions leave nothing may be missing for Apollo’s engine, for what else is told it must not', () => {
  const missing = (way: Way, text: string, changes: { category?: string; told?: string } = {}) => {
    const shown = nothingShown();
    const person = shown.ofPerson('1', true);
    person.coordinates.add('Person.id');
    person.categories.set(changes.category ?? 'hub:referrals:r1', [{ basis: 'SELF', ground: 'referral:r1' }]);
    if (changes.told !== undefined) person.referrals.add(changes.told);
    const persons = [audited({ id: '1', visible: true, coordinates: 0, shown: {} })];
    return withRecord({ way, text, shown }, { coordinates: [['Person.id']], persons });
  };
  const wrong = 'about 1: categories: expected ["hub:referrals:r1"], the record says []';
  const emptied = '{ me { id } myReferrals { edges @skip(if: true) { cursor } } }';
  expect(missing('apollo/process', emptied)).toBeNull();
  expect(missing('apollo/process', emptied, { told: 'r2' })).toBeNull();
  expect(missing('apollo/process', emptied, { told: 'r1' })).toBe(wrong);
  expect(missing('hub/process', emptied)).toBe(wrong);
  expect(missing('apollo/process', '{ me { id } myReferrals { edges { cursor } } }')).toBe(wrong);
  expect(missing('apollo/process', emptied, { category: 'health:visits' })).toBe(
    'about 1: categories: expected ["health:visits"], the record says []',
  );
});

test('whether anything was answered, the record says of the answer that was given', () => {
  const text = '{ referralCounts(box: INBOX) { __typename @skip(if: true) } }';
  const data = { referralCounts: [{}, {}] };
  const said = (outcome: 'ANSWERED' | 'REFUSED', referralCounts: readonly object[] | null) =>
    withRecord({ way: 'apollo/process', text, data, answered: { referralCounts } }, { outcome });
  expect(said('REFUSED', null)).toBeNull();
  expect(said('ANSWERED', [{}, {}])).toBeNull();
  expect(said('ANSWERED', null)).toBe('outcome: expected "REFUSED", the record says "ANSWERED"');
  expect(said('REFUSED', [{}, {}])).toBe('outcome: expected "ANSWERED", the record says "REFUSED"');
});
