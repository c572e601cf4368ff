import { describe, expect, test } from '@jest/globals';
import { createWorld } from '../world/world.ts';
import type { Category } from './record-types.ts';
import { civilAffairsRecords } from './records.ts';
import { startCivilAffairsSystem } from './system.ts';

const CATEGORIES: readonly Category[] = ['assistance', 'childWelfare', 'elderlyCare', 'familyGuidance'];

function dump(seed?: number) {
  const records = civilAffairsRecords(createWorld(seed === undefined ? {} : { seed }));
  return records.personNos.map((personNo) => CATEGORIES.map((category) => records.of(category, personNo)));
}

describe('records of the sample bureau', () => {
  test('the same seed gives the same records, another seed others', () => {
    expect(dump(5)).toEqual(dump(5));
    expect(dump(5)).not.toEqual(dump(6));
  });

  test.each([1, 2, 3])('with seed %s every category is filled and duplicates and foreign codes are planted', (seed) => {
    const all = dump(seed);
    CATEGORIES.forEach((_, i) => expect(all.some((person) => (person[i]?.length ?? 0) > 0)).toBe(true));
    const lists = all.flat().map((list) => list ?? []);
    expect(lists.some((list) => new Set(list.map((row) => JSON.stringify(row))).size < list.length)).toBe(true);
    expect(JSON.stringify(all)).toMatch(/"(09|Z|99|QT)"/);
  });

  test('no date is after today or before the person was on file', () => {
    const world = createWorld({});
    const records = civilAffairsRecords(world);
    for (const personNo of records.personNos) {
      const rows = CATEGORIES.flatMap((category) => records.of(category, personNo) ?? []);
      for (const { beginDate } of rows.filter((row) => /^\d{4}-\d\d-\d\d$/.test(row.beginDate ?? ''))) {
        expect((beginDate ?? '') <= world.today && (beginDate ?? '') >= `${personNo.slice(3, 7)}-01-01`).toBe(true);
      }
    }
  });

  test('somebody without a number there is nobody there', () => {
    expect(civilAffairsRecords(createWorld({})).of('assistance', 'MZ/1999/000001')).toBeNull();
  });
});

test('the service shows its contract', async () => {
  const system = await startCivilAffairsSystem({ world: createWorld({}) });
  try {
    const response = await fetch(`${system.settings.CIVIL_AFFAIRS_URL}?wsdl`);
    expect(await response.text()).toContain('GetAssistanceRecords');
  } finally {
    await system.close();
  }
});
