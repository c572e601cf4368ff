import { expect, test } from '@jest/globals';
import { DEPARTMENTS } from './local-ids.ts';
import { localIdsOf } from './local-ids-of.ts';
import { createWorld, storyPerson } from './world.ts';

const world = createWorld({ people: 400 });
const joined = (slug: string) => world.people.map((person) => localIdsOf(world, person, slug));

test('the first departments know people by the ids of the world', () => {
  for (const department of DEPARTMENTS)
    for (const person of world.people) expect(localIdsOf(world, person, department)).toBe(person.localIds[department]);
});

test('a department that joined knows the people of the stories and some others, each by one id of its own', () => {
  expect(localIdsOf(world, storyPerson(world, 'pupil-in-crisis'), 'disability-federation')).toEqual([
    expect.stringMatching(/^DF-\d{6}$/),
  ]);
  const ids = joined('disability-federation').flat();
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(50);
  expect(ids.length).toBeLessThan(150);
});

test('two departments that joined know different people', () => {
  const known = (slug: string) => joined(slug).map((ids) => ids.length > 0);
  expect(known('medical-insurance')).not.toEqual(known('disability-federation'));
  expect(known('medical-insurance')).toEqual(known('medical-insurance'));
});
