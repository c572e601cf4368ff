import { expect, test } from '@jest/globals';
import { nothingShown } from './reference/shown.ts';
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
    errors?: readonly (typeof NO_BASIS)[];
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

test('null for an object of which a condition leaves nothing is Apollo’s; for any other it is wrong', () => {
  const emptied = { data: { persons: [{ timeline: {} }] }, answered: { persons: [{ timeline: null }] } };
  expect(verdict('apollo/process', { text: EMPTIED, ...emptied }).apollos).toBe(true);
  expect(verdict('hub/process', { text: EMPTIED, ...emptied }).apollos).toBe(false);
  expect(verdict('apollo/process', { text: TEXT, ...emptied }).apollos).toBe(false);
  const some = { data: { persons: [{ timeline: { edges: [] } }] }, answered: emptied.answered };
  expect(verdict('apollo/process', { text: EMPTIED, ...some }).apollos).toBe(false);
});
