/** What the union has on file, made one member at a time, so that a large world costs nothing until it is asked. */
import { ageOn } from '../world/calendar.ts';
import type { World, WorldPerson } from '../world/model.ts';
import { randomFor } from '../world/random.ts';
import type { Random } from '../world/random.ts';
import { employerOf } from '../world/world.ts';
import { writtenMemberNo } from './quirks.ts';
import { MAKERS } from './record-makers.ts';
import type { Category, RawRow } from './record-types.ts';

/** A row and the day it was entered on. */
export interface EnteredRow {
  readonly entered: string;
  readonly row: RawRow;
}

export interface UnionRecords {
  /** All ids under which the union knows somebody. */
  readonly memberNos: readonly string[];
  /** `null` for a number that the union does not have. */
  of(category: Category, memberNo: string): readonly EnteredRow[] | null;
}

/** So many members at the front are given a row of every category, so that none is empty. */
const ALWAYS_FILLED = 30;

export function unionRecords(world: World): UnionRecords {
  const owners = ownersOf(world);
  const memberNos = [...owners.keys()];
  const first = new Set(memberNos.slice(0, ALWAYS_FILLED));
  return {
    memberNos,
    of(category, memberNo) {
      const person = owners.get(memberNo);
      if (person === undefined) return null;
      const random = randomFor(world.seed, 'union', category, memberNo);
      const subject = {
        person,
        memberNo,
        age: ageOn(person.birthDate, world.today),
        today: world.today,
        employer: employerOf(world, person)?.name ?? null,
        always: first.has(memberNo) && person.story === null,
      };
      const rows = MAKERS[category](subject, random).map(({ entered, fields }, i) => ({
        entered,
        row: { id: idOf(memberNo, i), memberNo: writtenMemberNo(random, memberNo), ...fields },
      }));
      return withDuplicate(rows, random);
    },
  };
}

/** Ids are unique within a category's list. */
const idOf = (memberNo: string, place: number) => Number(memberNo.replace(/\D/g, '').slice(-7)) * 100 + place;

/** Of a number that two persons claim, the record is the first one's. */
function ownersOf({ people }: World): ReadonlyMap<string, WorldPerson> {
  const owners = new Map<string, WorldPerson>();
  for (const person of people) {
    for (const memberNo of person.localIds.union) if (!owners.has(memberNo)) owners.set(memberNo, person);
  }
  return owners;
}

/** Branches report the same row twice now and then; it comes with the same id. */
function withDuplicate(rows: readonly EnteredRow[], random: Random): readonly EnteredRow[] {
  const [first] = rows;
  return first !== undefined && random.chance(0.06) ? [first, ...rows] : rows;
}
