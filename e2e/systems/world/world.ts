import { drawHousehold, drawSingle } from './households.ts';
import type { Family, Place, School, World, WorldPerson } from './model.ts';
import { plantQuirks } from './planted.ts';
import { DIVISIONS, NEIGHBOUR_VILLAGES, VILLAGES, employersFor, schoolsFor } from './places.ts';
import { randomFor } from './random.ts';
import { emptySettlement, settleHousehold, settleStory } from './settle.ts';
import { STORY_FAMILIES, STORY_PEOPLE } from './stories.ts';

export interface WorldOptions {
  readonly seed?: number;
  /** How many people live in it; at least the people of the stories. */
  readonly people?: number;
  /** ISO date that plays today. */
  readonly today?: string;
}

/**
 * Makes the world: same options, same bytes. A larger world begins with the people of the smaller one of its seed, up to
 * the smaller one's last household. Throws `RangeError` when `people` is too few for the stories.
 */
export function createWorld({ seed = 20_261_122, people = 200, today = '2026-11-20' }: WorldOptions = {}): World {
  if (people < STORY_PEOPLE) throw new RangeError(`a world has at least ${STORY_PEOPLE} people, those of the stories`);
  const settlement = emptySettlement({ today, schools: schoolsFor(people), employers: employersFor(people) });
  for (const story of STORY_FAMILIES) settleStory(settlement, story);
  while (settlement.people.length < people) {
    const random = randomFor(seed, 'household', settlement.families.length);
    const drawn = drawHousehold(random, today);
    const fits = settlement.people.length + drawn.members.length <= people;
    const division = random.pick(random.chance(0.04) ? NEIGHBOUR_VILLAGES : VILLAGES);
    settleHousehold(settlement, fits ? drawn : drawSingle(random, today), { division, random });
  }
  const planted = plantQuirks({ seed, ...settlement });
  const { schools, employers, families } = settlement;
  return { seed, today, people: settlement.people, families, divisions: DIVISIONS, schools, employers, planted };
}

/** The person of a story, e.g. `storyPerson(world, 'pupil-in-crisis')`. Throws when there is no such story. */
export function storyPerson(world: World, story: string): WorldPerson {
  // The stories' people come first: no need to search a whole city.
  const person = world.people.slice(0, STORY_PEOPLE).find((candidate) => candidate.story === story);
  if (person === undefined) throw new Error(`no story is called ${story}`);
  return person;
}

/** Throws when there is no such person. */
export function personById(world: World, id: string): WorldPerson {
  const person = world.people[Number(id.slice(1)) - 1];
  if (person?.id !== id) throw new Error(`nobody is called ${id}`);
  return person;
}

export function familyOf(world: World, person: WorldPerson): Family {
  const family = world.families[Number(person.familyId.slice(1)) - 1];
  if (family?.id !== person.familyId) throw new Error(`there is no family ${person.familyId}`);
  return family;
}

/** The guardians of a minor or of an adult without full capacity; none for everybody else. */
export const guardiansOf = (world: World, person: WorldPerson): WorldPerson[] =>
  familyOf(world, person)
    .guardians.filter(([, ward]) => ward === person.id)
    .map(([guardian]) => personById(world, guardian));

/** Those whose guardian this person is. */
export const wardsOf = (world: World, person: WorldPerson): WorldPerson[] =>
  familyOf(world, person)
    .guardians.filter(([guardian]) => guardian === person.id)
    .map(([, ward]) => personById(world, ward));

export const schoolOf = (world: World, { schoolId }: WorldPerson): School | null =>
  world.schools.find(({ id }) => id === schoolId) ?? null;

export const employerOf = ({ employers }: World, { employerId }: WorldPerson): Place | null =>
  employerId === null ? null : (employers[Number(employerId.slice(1)) - 1] ?? null);
