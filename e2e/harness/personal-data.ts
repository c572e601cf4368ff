import { hubIdOf } from './care-seed.ts';
import type { World } from '../systems/world/model.ts';

/** What nobody may read in a log of the people of a world, and what it is. */
export function personalData(world: World): ReadonlyMap<string, string> {
  return new Map(
    world.people.flatMap((person): readonly (readonly [string, string])[] => [
      [person.name, 'a name'],
      [person.idNumber, 'an ID number'],
      [`${person.idNumber.slice(0, 6)}${person.idNumber.slice(8, 17)}`, 'an old ID number'],
      [hubIdOf(world, person), 'a hub id'],
      ...Object.values(person.localIds)
        .flat()
        .map((id): readonly [string, string] => [id, 'a local id']),
    ]),
  );
}

/** The texts that have one of these in them, with what it is. */
export function foundIn(texts: readonly string[], forbidden: ReadonlyMap<string, string>): readonly string[] {
  // Thousands of lines and of what may not stand there: looked for in all at once, as a rule nothing is there.
  const whole = texts.join('\n');
  const there = [...forbidden].filter(([one]) => whole.includes(one));
  return texts.flatMap((text) =>
    there.flatMap(([one, what]) => (text.includes(one) ? [`${what} in: ${text.slice(0, 500)}`] : [])),
  );
}
