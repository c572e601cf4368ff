import { describe, expect, test } from '@jest/globals';
import { oldIdNumber } from './codes.ts';
import { DEPARTMENTS } from './local-ids.ts';
import type { DepartmentSlug, Planted, Quirk, RegisterLine, WorldPerson } from './model.ts';
import { registerOf } from './register.ts';
import { createWorld, personById, storyPerson } from './world.ts';

const world = createWorld({ people: 2_000 });

const EVERY_QUIRK = [
  'two-local-ids',
  'one-local-id-two-persons',
  'sex-conflict',
  'birth-date-conflict',
  'old-id-number',
  'lower-case-x',
  'missing-id-number',
  'full-width-id-number',
  'malformed-id-number',
] as const satisfies readonly Quirk[];

/** What the one line of a person looks like under each quirk. */
const SIGNS: Partial<Record<Quirk, (line: RegisterLine, person: WorldPerson) => boolean>> = {
  'sex-conflict': (line, person) => line.sex !== person.sex,
  'birth-date-conflict': (line, person) => line.birthDate !== person.birthDate,
  'old-id-number': ({ idNumber }, person) => idNumber === oldIdNumber(person.idNumber) && idNumber.length === 15,
  'lower-case-x': ({ idNumber }) => /^\d{17}x$/.test(idNumber ?? ''),
  'missing-id-number': ({ idNumber }) => idNumber === null,
  'full-width-id-number': ({ idNumber }, person) => idNumber?.normalize('NFKC') === person.idNumber,
  'malformed-id-number': ({ idNumber }, person) =>
    idNumber?.length === 18 && idNumber.slice(0, 17) === person.idNumber.slice(0, 17) && idNumber !== person.idNumber,
};

const linesOf = ({ department, localIds }: Planted) =>
  registerOf(world, department).filter(({ localId }) => localIds.includes(localId));

describe('what is planted shows in the register', () => {
  test('in the default world too, every quirk is there', () => {
    expect(new Set(createWorld().planted.map(({ quirk }) => quirk))).toEqual(new Set(EVERY_QUIRK));
  });

  test.each(EVERY_QUIRK.filter((quirk) => SIGNS[quirk]))('%s', (quirk) => {
    const planted = world.planted.filter((entry) => entry.quirk === quirk);
    expect(planted.length).toBeGreaterThan(2);
    for (const entry of planted) {
      const [line] = linesOf(entry);
      const person = personById(world, entry.personIds[0] ?? '');
      expect(line && SIGNS[quirk]?.(line, person)).toBe(true);
    }
  });

  test('two-local-ids: two lines, one person', () => {
    for (const entry of world.planted.filter(({ quirk }) => quirk === 'two-local-ids')) {
      const lines = linesOf(entry);
      expect(lines).toHaveLength(2);
      expect(new Set(lines.map(({ idNumber }) => idNumber)).size).toBe(1);
    }
  });

  test('one-local-id-two-persons: two lines with one local id; the second person has no record there', () => {
    const claimed = world.planted.filter(({ quirk }) => quirk === 'one-local-id-two-persons');
    expect(new Set(claimed.map(({ department }) => department))).toEqual(
      new Set(DEPARTMENTS.filter((department) => department !== 'health')),
    );
    for (const entry of claimed) {
      expect(linesOf(entry).map(({ personId }) => personId)).toEqual(entry.personIds);
      const second = personById(world, entry.personIds[1] ?? '');
      expect(second.localIds[entry.department]).toEqual([]);
    }
  });

  test.each(DEPARTMENTS)('nothing is wrong in %s that is not listed', (department: DepartmentSlug) => {
    const listed = new Set(world.planted.filter((entry) => entry.department === department).flatMap((e) => e.localIds));
    for (const line of registerOf(world, department)) {
      if (listed.has(line.localId)) continue;
      const { id, localIds, name, idNumber, sex, birthDate, division } = personById(world, line.personId);
      expect(localIds[department]).toEqual([line.localId]);
      expect(line).toEqual({ personId: id, localId: line.localId, name, idNumber, sex, birthDate, division });
    }
  });

  test('a person carries at most one quirk, so that each shows by itself', () => {
    const ids = world.planted.flatMap(({ personIds }) => personIds);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('the stories bring their own: an old number in the union, an x in justice', () => {
  const line = (department: DepartmentSlug, story: string) =>
    registerOf(world, department).find(({ personId }) => personId === storyPerson(world, story).id);
  expect(line('union', 'retired-worker')?.idNumber).toHaveLength(15);
  expect(line('justice', 'migrant-worker')?.idNumber).toMatch(/x$/);
});

test('the stories bring nothing else', () => {
  const ofStories = world.planted.filter(({ personIds }) => personIds.some((id) => personById(world, id).story));
  expect(ofStories.map(({ department, quirk }) => `${department} ${quirk}`).sort()).toEqual([
    'health two-local-ids',
    'justice lower-case-x',
    'union old-id-number',
  ]);
});
