import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ageOn } from './calendar.ts';
import { DEPARTMENTS } from './local-ids.ts';
import type { World, WorldPerson } from './model.ts';
import { STORY_FAMILIES, STORY_PEOPLE } from './stories.ts';
import { createWorld, employerOf, guardiansOf, personById, schoolOf, storyPerson, wardsOf } from './world.ts';

const world = createWorld();
const large = createWorld({ people: 3_000 });
const digest = (made: World) => createHash('sha256').update(JSON.stringify(made)).digest('hex');

describe('the same options make the same world', () => {
  test('byte by byte', () => {
    expect(digest(createWorld())).toBe(digest(world));
    expect(digest(createWorld({ seed: 1 }))).not.toBe(digest(world));
  });

  test('on every machine', () => {
    expect(digest(world)).toMatchInlineSnapshot(`"0f4f2be488c381fbf1af3c2fca4b999c7d1db808f6de2cbe3a974c7f08f67590"`);
  });

  test('of exactly so many people', () => {
    fc.assert(
      fc.property(fc.integer({ min: STORY_PEOPLE, max: 400 }), fc.integer(), (people, seed) => {
        expect(createWorld({ people, seed }).people).toHaveLength(people);
      }),
      { numRuns: 25 },
    );
    expect(() => createWorld({ people: 3 })).toThrow(RangeError);
  });
});

/** Written out once more, so that the generator does not judge itself. */
function isValidIdNumber({ idNumber, birthDate, sex }: WorldPerson): boolean {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
  const values = [...idNumber].map((sign) => (sign === 'X' ? 10 : Number(sign)));
  const sum = values.reduce((total, value, i) => total + value * (weights[i] ?? Number.NaN), 0);
  const odd = (values[16] ?? 0) % 2 === 1;
  return sum % 11 === 1 && idNumber.slice(6, 14) === birthDate.replaceAll('-', '') && odd === (sex === 'MALE');
}

describe.each([
  ['the default world', world],
  ['a large world', large],
])('in %s', (_, made) => {
  test('every ID number is valid, agrees with birth date and sex, and is had once', () => {
    expect(made.people.filter((person) => !isValidIdNumber(person))).toEqual([]);
    expect(new Set(made.people.map(({ idNumber }) => idNumber)).size).toBe(made.people.length);
  });

  test('no ID number, division or telephone can be anybody’s', () => {
    const real = made.people.filter(
      ({ idNumber, division, mobile }) =>
        !/^3[89]/.test(idNumber) || !/^39010[67]\d{6}$/.test(division) || !/^100\d{8}$/.test(mobile),
    );
    expect(real).toEqual([]);
  });

  test('nobody is born after today or older than a hundred', () => {
    const impossible = made.people.filter(
      ({ birthDate }) => birthDate > made.today || ageOn(birthDate, made.today) >= 100,
    );
    expect(impossible).toEqual([]);
  });

  test('every place stands in a division that exists, with its parents', () => {
    const codes = new Set(made.divisions.map(({ code }) => code));
    const placed = [...made.people, ...made.schools, ...made.employers];
    const nowhere = placed.filter(({ division }) => [6, 9, 12].some((length) => !codes.has(division.slice(0, length))));
    expect(nowhere).toEqual([]);
    expect(new Set([...made.schools, ...made.employers].map(({ name }) => name)).size).toBe(
      made.schools.length + made.employers.length,
    );
  });

  test('every minor at home has a guardian of the same family, grown up', () => {
    for (const person of made.people.filter(({ birthDate }) => ageOn(birthDate, made.today) < 18)) {
      const guardians = guardiansOf(made, person);
      expect(guardians.length).toBeGreaterThan(0);
      for (const guardian of guardians) {
        expect(guardian.familyId).toBe(person.familyId);
        expect(ageOn(guardian.birthDate, person.birthDate)).toBeGreaterThanOrEqual(18);
        expect(wardsOf(made, guardian)).toContain(person);
      }
    }
  });

  test('schools and employers fit the age', () => {
    for (const person of made.people) {
      const age = ageOn(person.birthDate, made.today);
      const school = schoolOf(made, person);
      if (school?.stage === 'PRIMARY') expect([6, 7, 8, 9, 10, 11, 12]).toContain(age);
      if (employerOf(made, person)) expect(age >= 18 && age < 60).toBe(true);
    }
    expect(new Set(made.people.flatMap((person) => schoolOf(made, person)?.stage ?? [])).size).toBe(5);
  });

  test('every department knows many people, some are known to none', () => {
    for (const department of DEPARTMENTS) {
      const known = made.people.filter(({ localIds }) => localIds[department].length > 0).length;
      expect(known).toBeGreaterThan(made.people.length * 0.08);
    }
    const toNone = made.people.filter(({ localIds }) =>
      DEPARTMENTS.every((department) => localIds[department].length === 0),
    );
    expect(toNone.length).toBeGreaterThan(made.people.length * 0.03);
  });

  test('a department gives each local id once, in its own style', () => {
    const styles = {
      education: /^X\d{10}$/,
      health: /^pat-\d{7}$/,
      'civil-affairs': /^MZ\/\d{4}\/\d{6}$/,
      justice: /^20\d{10}$/,
      'womens-federation': /^fl\.\d{4}\.\d{6}$/,
      union: /^GH-390106-\d{7}$/,
    };
    for (const department of DEPARTMENTS) {
      const ids = made.people.flatMap(({ localIds }) => localIds[department]);
      expect(ids.filter((id) => !styles[department].test(id))).toEqual([]);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe('the stories', () => {
  const names = STORY_FAMILIES.flatMap(({ members }) => members.map(({ story }) => story));

  test('are the same in every world', () => {
    const other = createWorld({ seed: 7, people: 900 });
    for (const name of names) expect(storyPerson(other, name)).toEqual(storyPerson(world, name));
    expect(new Set(names).size).toBe(STORY_PEOPLE);
    expect(() => storyPerson(world, 'nobody')).toThrow(/no story/);
  });

  test('the pupil in crisis is 15, known to all six departments, with her mother as guardian', () => {
    const pupil = storyPerson(world, 'pupil-in-crisis');
    expect(ageOn(pupil.birthDate, world.today)).toBe(15);
    for (const department of DEPARTMENTS) expect(pupil.localIds[department]).toHaveLength(1);
    expect(guardiansOf(world, pupil)).toContain(storyPerson(world, 'mother'));
    expect(schoolOf(world, pupil)?.stage).toBe('SENIOR');
  });

  test('an adult patient has a guardian and two hospital numbers', () => {
    const patient = storyPerson(world, 'adult-patient');
    expect(guardiansOf(world, patient)).toEqual([storyPerson(world, 'adult-patient-guardian')]);
    expect(patient.localIds.health).toHaveLength(2);
  });

  test('one person is unknown to all departments', () => {
    expect(Object.values(storyPerson(world, 'unknown-to-all').localIds).flat()).toEqual([]);
  });

  test.each([
    ['mother', 'union'],
    ['retired-worker', 'civil-affairs'],
    ['migrant-worker', 'union'],
    ['juvenile-offender', 'justice'],
    ['sealed-rights-case', 'womens-federation'],
    ['left-behind-child', 'civil-affairs'],
    ['neighbour-pupil', 'education'],
  ] as const)('%s is known to %s', (story, department) => {
    expect(storyPerson(world, story).localIds[department]).toHaveLength(1);
  });
});

test('people and families are found by their id', () => {
  for (const person of world.people) expect(personById(world, person.id)).toBe(person);
  expect(() => personById(world, 'P999999')).toThrow(/nobody/);
});

test('among 20,000 people nobody has another’s ID number', () => {
  const numbers = createWorld({ people: 20_000 }).people.map(({ idNumber }) => idNumber);
  expect(new Set(numbers).size).toBe(20_000);
});
