/** What the department has on file, made from the world when it is asked for, so that a large world costs little. */
import type { RegisterLine, World, WorldPerson } from '../world/model.ts';
import { randomFor } from '../world/random.ts';
import { registerOf } from '../world/register.ts';
import type { Category, Item, Maker, Student } from './item.ts';
import { oddity } from './item.ts';
import { assessmentItems, counsellingItems, enrolmentItems, protectionItems, REMARK } from './record-makers.ts';
import { fullWidth } from '../world/full-width.ts';
import { typed, writtenDate } from './written.ts';

export interface EducationRecords {
  readonly studentNos: readonly string[];
  /** `null` for a number that the department does not have. */
  of(category: Category, studentNo: string): readonly Item[] | null;
  /** The register in its own order. */
  readonly registerSize: number;
  register(start: number, end: number): readonly Item[];
}

const MAKERS: Readonly<Record<Category, Maker>> = {
  enrolment: enrolmentItems,
  counselling: counsellingItems,
  assessment: assessmentItems,
  protection: protectionItems,
};

/** Deterministic: the same world gives the same records, whatever was asked before. */
export function educationRecords(world: World): EducationRecords {
  const owners = ownersOf(world);
  const lines = registerOf(world, 'education');
  return {
    studentNos: [...owners.keys()],
    of(category, studentNo) {
      const owner = owners.get(studentNo);
      if (owner === undefined) return null;
      // Since `X2017…` was given in 2017.
      const student: Student = { ...owner, studentNo, since: studentNo.slice(1, 5), world };
      const random = randomFor(world.seed, 'education', category, studentNo);
      return withQuirks(MAKERS[category](student, random), student);
    },
    registerSize: lines.length,
    register: (start, end) => lines.slice(start, end).map((line) => written(world.seed, line)),
  };
}

/** Of a number that two persons claim, the record is the first one's. */
function ownersOf({ people }: World): ReadonlyMap<string, { person: WorldPerson; place: number }> {
  const owners = new Map<string, { person: WorldPerson; place: number }>();
  for (const person of people) {
    for (const studentNo of person.localIds.education) {
      if (!owners.has(studentNo)) owners.set(studentNo, { person, place: owners.size });
    }
  }
  return owners;
}

/** A row that stands twice, numbers typed wide or in lower case, a row that nobody filled in. */
function withQuirks(items: readonly Item[], student: Student): readonly Item[] {
  const [first] = items;
  if (first === undefined) return items;
  const wide = oddity(student, 9, 7) ? items.map((item) => ({ ...item, studentNo: wideNo(student.studentNo) })) : items;
  const twice = oddity(student, 4, 1) ? [...wide, { ...first, remark: `${REMARK}（补录）` }] : wide;
  return oddity(student, 13, 9) ? [...twice, { recordNo: null, studentNo: null, remark: REMARK }] : twice;
}

const wideNo = (studentNo: string) => `${fullWidth(studentNo.toLowerCase())}\u3000`;

function written(seed: number, { localId, name, idNumber, sex, birthDate, division }: RegisterLine): Item {
  const random = randomFor(seed, 'education', 'register', localId, name);
  return {
    studentNo: localId,
    name: random.chance(0.1) ? typed(random, name) : name,
    idCardNo: idNumber,
    sex: random.pick(sex === 'MALE' ? ['男', '1'] : ['女', '2']),
    birthDate: writtenDate(random, birthDate),
    division,
    remark: REMARK,
  };
}
