import { expect, test } from '@jest/globals';
import { createWorld } from '../world/world.ts';
import { justiceRecords } from './records.ts';
import { loadsOf } from './tables.ts';

const world = createWorld();

test('the same world gives the same tables', () => {
  expect(loadsOf(justiceRecords(createWorld()))).toEqual(loadsOf(justiceRecords(world)));
});

test('everybody in the register has something on file, and every kind of file is there', () => {
  const { persons, legalAid, mediation, reintegration } = justiceRecords(world);
  const filed = new Set([...legalAid, ...mediation, ...reintegration].map(({ person_no }) => person_no));
  expect(persons.filter(({ person_no }) => !filed.has(person_no))).toEqual([]);
  for (const table of [legalAid, mediation, reintegration]) expect(table.length).toBeGreaterThan(1);
});

test('no date is later than today', () => {
  const { legalAid, mediation, reintegration } = justiceRecords(createWorld({ people: 2_000 }));
  const dates = [...legalAid, ...mediation, ...reintegration].flatMap((line) =>
    Object.entries(line).flatMap(([column, text]) => (column.endsWith('_on') && text ? [text.normalize('NFKC')] : [])),
  );
  const iso = dates.flatMap((text) => /^\d{4}-\d\d-\d\d/.exec(text) ?? []);
  expect(iso.length).toBeGreaterThan(100);
  expect(iso.filter((date) => date > world.today)).toEqual([]);
});
