/** Puts the quirks of real registers into the world, and lists each. */
import { DEPARTMENTS, type LocalIdOffice } from './local-ids.ts';
import type { DepartmentSlug, Planted, Quirk, WorldPerson } from './model.ts';
import { randomFor } from './random.ts';
import { STORY_FAMILIES } from './stories.ts';

interface Ground {
  readonly seed: number;
  /** Changed in place: a person with two local ids is replaced. */
  readonly people: WorldPerson[];
  readonly localIds: LocalIdOffice;
}

/** Share of a department's register that each quirk touches; at least one line where anybody is fit for it. */
const SHARE = 0.003;

/** Quirks of one line, and whom each fits. */
const LINE_QUIRKS: readonly (readonly [Quirk, (person: WorldPerson) => boolean])[] = [
  ['lower-case-x', ({ idNumber }) => idNumber.endsWith('X')],
  ['old-id-number', ({ birthDate }) => birthDate < '1985'],
  ['sex-conflict', (person) => departmentsOf(person) > 1],
  ['birth-date-conflict', (person) => departmentsOf(person) > 1],
  ['missing-id-number', () => true],
  ['full-width-id-number', () => true],
  ['malformed-id-number', () => true],
];

export function plantQuirks(ground: Ground): Planted[] {
  const used = new Set<string>();
  return [...storyQuirks(ground), ...DEPARTMENTS.flatMap((department) => plantInDepartment(ground, department, used))];
}

function plantInDepartment(ground: Ground, department: DepartmentSlug, used: Set<string>): Planted[] {
  const known = ground.people.filter(({ localIds }) => localIds[department].length > 0);
  const perQuirk = Math.max(1, Math.floor(known.length * SHARE));
  const random = randomFor(ground.seed, 'planted', department);
  const shuffled = random.shuffle(known);
  /** Takes people whom no quirk touches yet: one quirk a person, so that each shows by itself. */
  const take = (fits: (person: WorldPerson) => boolean, count = perQuirk) => {
    const taken: WorldPerson[] = [];
    for (const person of shuffled) {
      if (taken.length === count) break;
      if (person.story !== null || used.has(person.id) || !fits(person)) continue;
      used.add(person.id);
      taken.push(person);
    }
    return taken;
  };
  return [
    ...LINE_QUIRKS.flatMap(([quirk, fits]) =>
      take(fits).map((person) => ({
        department,
        quirk,
        personIds: [person.id],
        localIds: person.localIds[department],
      })),
    ),
    ...take(() => true).map((person) => withSecondId(ground, department, person)),
    ...claimedTwice(ground, department, { owners: take(() => true), used }),
  ];
}

function withSecondId({ people, localIds }: Ground, department: DepartmentSlug, person: WorldPerson): Planted {
  const both = [...person.localIds[department], localIds.next(department, '2021')];
  people[Number(person.id.slice(1)) - 1] = { ...person, localIds: { ...person.localIds, [department]: both } };
  return { department, quirk: 'two-local-ids', personIds: [person.id], localIds: both };
}

/** A FHIR server holds one resource an id, so in health nobody is claimed twice. */
function claimedTwice(
  { people }: Ground,
  department: DepartmentSlug,
  { owners, used }: { owners: readonly WorldPerson[]; used: Set<string> },
): Planted[] {
  if (department === 'health') return [];
  const strangers = people.filter(
    ({ id, story, localIds }) => story === null && !used.has(id) && localIds[department].length === 0,
  );
  return owners.flatMap((owner, i) => {
    const stranger = strangers[i * 3];
    if (stranger === undefined) return [];
    used.add(stranger.id);
    const quirk = 'one-local-id-two-persons' as const;
    return [{ department, quirk, personIds: [owner.id, stranger.id], localIds: owner.localIds[department] }];
  });
}

const departmentsOf = ({ localIds }: WorldPerson) =>
  DEPARTMENTS.filter((department) => localIds[department].length > 0).length;

/** What people of stories bring with them: two local ids, and the quirks that their story names. */
const storyQuirks = ({ people }: Ground): Planted[] => {
  const members = STORY_FAMILIES.flatMap((family) => family.members);
  return members.flatMap(({ quirks = [] }, place) => {
    const person = people[place];
    if (person === undefined) return [];
    const twice = DEPARTMENTS.filter((department) => person.localIds[department].length > 1);
    return [...twice.map((department) => ({ department, quirk: 'two-local-ids' as const })), ...quirks].map(
      ({ department, quirk }) => ({
        department,
        quirk,
        personIds: [person.id],
        localIds: person.localIds[department],
      }),
    );
  });
};
