import { expect, test } from '@jest/globals';
import { createWorld } from '../world/world.ts';
import { CATEGORIES } from './record-types.ts';
import { unionRecords } from './records.ts';

const world = createWorld({ people: 600 });
const records = unionRecords(world);
const rowsOf = (category: (typeof CATEGORIES)[number]) =>
  records.memberNos.flatMap((memberNo) => records.of(category, memberNo) ?? []).map(({ row }) => row);

test('the same world makes the same bytes', () => {
  const bytes = (of: typeof records) =>
    JSON.stringify(of.memberNos.map((memberNo) => CATEGORIES.map((category) => of.of(category, memberNo))));
  expect(bytes(unionRecords(createWorld({ people: 600 })))).toBe(bytes(records));
});

test('every category is filled, also in a small world', () => {
  const small = unionRecords(createWorld());
  for (const category of CATEGORIES) {
    const rows = small.memberNos.flatMap((memberNo) => small.of(category, memberNo) ?? []);
    expect([category, rows.length >= 10]).toEqual([category, true]);
  }
});

test('the quirks of the branches are all there', () => {
  const [assistance, aid, mediation] = [
    rowsOf('employee-assistance'),
    rowsOf('hardship-aid'),
    rowsOf('workplace-mediation'),
  ];
  const dates = aid.map(({ grantDate }) => grantDate);
  expect(dates.some((date) => typeof date === 'number' && date > 40_000)).toBe(true);
  expect(dates.some((date) => /^20\d\d\/\d{1,2}\/\d{1,2}$/.test(String(date)))).toBe(true);
  expect([...assistance, ...aid].some((row) => /[０-９]/.test(JSON.stringify(row)))).toBe(true);
  expect(aid.some(({ aidType }) => aidType === '8')).toBe(true);
  expect(mediation.some(({ stage }) => String(stage) === '99')).toBe(true);
  expect(new Set(aid.map(({ id }) => id)).size).toBeLessThan(aid.length);
  expect(assistance.some(({ unitName }) => unitName !== null)).toBe(true);
});

test('no record is later than the day that plays today', () => {
  for (const category of CATEGORIES) {
    for (const memberNo of records.memberNos) {
      for (const { entered } of records.of(category, memberNo) ?? []) expect(entered <= world.today).toBe(true);
    }
  }
});

test('a number that the union does not have is nobody', () => {
  expect(records.of('hardship-aid', 'nobody')).toBeNull();
});
