import { expect, test } from '@jest/globals';
import { createWorld } from '../world/world.ts';
import { nightlyFiles } from './nightly-files.ts';
import { womensFederationRecords } from './records.ts';

const world = createWorld();
const records = womensFederationRecords(world);
const known = new Set(world.people.flatMap(({ localIds }) => localIds['womens-federation']));

test('the same world gives the same bytes', () => {
  const again = createWorld();
  expect(nightlyFiles(again)(world.today)).toEqual(nightlyFiles(world)(world.today));
});

test('every category is filled, about people whom the federation knows, and nothing is later than today', () => {
  const rows = [
    ...records.familySupport.map(({ localId, from, to }) => ({ localId, from, to })),
    ...records.rightsCases.map(({ localId, acceptedOn, closedOn }) => ({ localId, from: acceptedOn, to: closedOn })),
    ...records.hotline.map(({ localId, date }) => ({ localId, from: date, to: null })),
  ];
  for (const list of Object.values(records)) expect(list.length).toBeGreaterThan(5);
  for (const { localId, from, to } of rows) {
    expect(known).toContain(localId);
    expect(from <= (to ?? world.today) && (to ?? from) <= world.today).toBe(true);
  }
});

test('an earlier night knows nothing of what came after it', () => {
  const sizeOf = (night: string) => nightlyFiles(world)(night).files.map(({ bytes }) => bytes.length);
  const [, then = 0] = sizeOf('2024-01-01');
  const [, now = 0] = sizeOf(world.today);
  expect(then).toBeLessThan(now / 2);
});
