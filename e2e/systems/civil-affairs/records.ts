/** What the bureau has on file, made from the world one person at a time, so that a large world costs nothing until it is asked. */
import { ageOn } from '../world/calendar.ts';
import type { World, WorldPerson } from '../world/model.ts';
import { randomFor } from '../world/random.ts';
import type { Random } from '../world/random.ts';
import type { Category, Maker, RawRecord, Subject } from './record-types.ts';
import { assistanceRecords, childWelfareRecords, elderlyCareRecords, familyGuidanceRecords } from './record-makers.ts';

export interface CivilAffairsRecords {
  /** All ids under which the bureau knows somebody, sorted. */
  readonly personNos: readonly string[];
  /** `null` for a number that the bureau does not have. */
  of(category: Category, personNo: string): readonly RawRecord[] | null;
}

const MAKERS: Readonly<Record<Category, Maker>> = {
  assistance: assistanceRecords,
  childWelfare: childWelfareRecords,
  elderlyCare: elderlyCareRecords,
  familyGuidance: familyGuidanceRecords,
};
/** So many people at the front of the world are given a record of every category that fits them. */
const ALWAYS_FILLED = 40;

export function civilAffairsRecords(world: World): CivilAffairsRecords {
  const owners = ownersOf(world);
  const subjectOf = subjects(world);
  const first = new Set([...owners.keys()].slice(0, ALWAYS_FILLED));
  return {
    personNos: [...owners.keys()].sort(),
    of(category, personNo) {
      const person = owners.get(personNo);
      if (person === undefined) return null;
      const random = randomFor(world.seed, 'civil-affairs', category, personNo);
      const made = MAKERS[category](
        { ...subjectOf(person), since: firstDayOf(personNo), always: first.has(personNo) },
        random,
      );
      return withDuplicate(made, random);
    },
  };
}

/** `MZ/2021/000123` was given in 2021. */
const firstDayOf = (personNo: string) => `${personNo.slice(3, 7)}-01-01`;

/** Of a number that two persons claim, the record is the first one's. */
function ownersOf({ people }: World): ReadonlyMap<string, WorldPerson> {
  const owners = new Map<string, WorldPerson>();
  for (const person of people) {
    for (const personNo of person.localIds['civil-affairs']) if (!owners.has(personNo)) owners.set(personNo, person);
  }
  return owners;
}

function subjects({ people, families, divisions, today }: World) {
  const byId = new Map(people.map((person) => [person.id, person]));
  const guardianOf = new Map(
    families.flatMap(({ guardians }) => guardians).map(([guardian, child]) => [child, byId.get(guardian) ?? null]),
  );
  const names = new Map(divisions.map(({ code, name }) => [code, name]));
  return (person: WorldPerson): Omit<Subject, 'always' | 'since'> => ({
    person,
    age: ageOn(person.birthDate, today),
    today,
    guardian: guardianOf.get(person.id) ?? null,
    committee: `${names.get(person.division) ?? ''}${person.division[9] === '2' ? '村民委员会' : '居民委员会'}`,
  });
}

/** The bureau merged two old systems: now and then a row stands there twice. */
function withDuplicate(records: readonly RawRecord[], random: Random): readonly RawRecord[] {
  const [first] = records;
  return first !== undefined && random.chance(0.06) ? [...records, first] : records;
}
