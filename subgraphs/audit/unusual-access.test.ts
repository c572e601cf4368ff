import { expect, test } from '@jest/globals';
import { audited, requestRecord } from '../../adapters/audit/audit.fixture.ts';
import { unusualAccess } from './unusual-access.ts';

const kinds = (...records: Parameters<typeof unusualAccess>[0]) => unusualAccess(records).map(({ kind }) => kind);
const DAY = '2026-03-02T02:00:00.000Z';
// 22:00 and 05:59 in Beijing; 21:59 and 06:00 are day.
const NIGHT = '2026-03-02T14:00:00.000Z';

test.each([
  ['at noon', { at: DAY }, []],
  ['at ten in the evening', { at: NIGHT }, ['NIGHT']],
  ['a minute before', { at: '2026-03-02T13:59:00.000Z' }, []],
  ['before six', { at: '2026-03-01T21:59:00.000Z' }, ['NIGHT']],
  ['at six', { at: '2026-03-01T22:00:00.000Z' }, []],
  ['at night in a crisis', { at: NIGHT, purpose: 'CRISIS_RESPONSE' }, []],
  ['at night, and nothing was shown', { at: NIGHT, persons: [audited({ coordinates: null })] }, []],
  ['at night, by the person', { at: NIGHT, actor: { ...requestRecord().actor, personId: 'person-1' } }, []],
  ['another district', { persons: [audited({ crossesJurisdiction: true })] }, ['OTHER_DISTRICT']],
  ['own name', { persons: [audited({ nameMatch: 'OWN' })] }, ['OWN_NAME']],
  ['a colleague’s name', { persons: [audited({ nameMatch: 'COLLEAGUE' })] }, ['COLLEAGUE_NAME']],
] as const)('%s', (_, changes, expected) => {
  expect(kinds(requestRecord(changes))).toEqual(expected);
});

const many = (count: number, minutesApart: number) =>
  Array.from({ length: count }, (_, i) =>
    requestRecord({
      id: `request-${i}`,
      at: new Date(Date.parse(DAY) + i * minutesApart * 60_000).toISOString(),
      persons: [audited({ id: `person-${i}` })],
    }),
  );

test('thirty-one persons within an hour are one finding that names every record', () => {
  const [finding, ...more] = unusualAccess(many(31, 1));
  expect(finding).toMatchObject({ kind: 'MANY_PERSONS', subject: 'worker-1', at: DAY });
  expect(finding?.recordIds).toHaveLength(31);
  expect(more).toEqual([]);
});

test('thirty in an hour, or as many over a day, are none; nor are the same few again and again', () => {
  expect(kinds(...many(30, 1))).toEqual([]);
  expect(kinds(...many(200, 2).filter(({ at }) => at < NIGHT))).toEqual([]);
  expect(kinds(...many(100, 0).map((record) => ({ ...record, persons: [audited()] })))).toEqual([]);
});
