/** Turns households and stories into people with codes, schools, employers and the departments that know them. */
import { ageOn, schoolYearStart } from './calendar.ts';
import { idNumberOf, sequenceFor } from './codes.ts';
import type { Household, Member } from './households.ts';
import { localIdOffice, unknownToAll, DEPARTMENTS, type LocalIdOffice } from './local-ids.ts';
import type { Family, Place, School, SchoolStage, WorldPerson } from './model.ts';
import { BIRTHPLACES, DISTRICT } from './places.ts';
import type { Random } from './random.ts';
import { storyLocalIds, type StoryFamily, type StoryMember } from './story.ts';

export interface Settlement {
  readonly today: string;
  readonly schools: readonly School[];
  readonly employers: readonly Place[];
  readonly people: WorldPerson[];
  readonly families: Family[];
  readonly localIds: LocalIdOffice;
  readonly idNumbers: Set<string>;
}

export function emptySettlement(places: Pick<Settlement, 'today' | 'schools' | 'employers'>): Settlement {
  return { ...places, people: [], families: [], localIds: localIdOffice(places.today), idNumbers: new Set() };
}

export function settleStory(settlement: Settlement, { division, members, guardians }: StoryFamily): void {
  settleFamily(settlement, guardians, (place, ids) =>
    members.map((member, i) => storyPersonOf(settlement, member, { ...ids(i), division, place: place + i })),
  );
}

export function settleHousehold(
  settlement: Settlement,
  household: Household,
  at: { division: string; random: Random },
) {
  settleFamily(settlement, household.guardians, (_, ids) =>
    household.members.map((member, i) => residentOf(settlement, member, { ...ids(i), ...at })),
  );
}

interface PersonIds {
  readonly id: string;
  readonly familyId: string;
}

function settleFamily(
  { people, families }: Settlement,
  guardians: Household['guardians'],
  make: (place: number, ids: (i: number) => PersonIds) => WorldPerson[],
) {
  const familyId = `F${String(families.length + 1).padStart(6, '0')}`;
  const first = people.length + 1;
  const idAt = (i: number) => `P${String(first + i).padStart(6, '0')}`;
  const members = make(first, (i) => ({ id: idAt(i), familyId }));
  people.push(...members);
  families.push({
    id: familyId,
    memberIds: members.map(({ id }) => id),
    guardians: guardians.map(([guardian, ward]) => [idAt(guardian), idAt(ward)] as const),
  });
}

function storyPersonOf(
  { idNumbers }: Settlement,
  member: StoryMember,
  { id, familyId, division, place }: PersonIds & { division: string; place: number },
): WorldPerson {
  const { name, sex, birthDate, bornIn = DISTRICT, sequence, schoolId = null, employerId = null, story } = member;
  const idNumber = idNumberOf(bornIn, birthDate, sequence);
  idNumbers.add(idNumber);
  const localIds = unknownToAll();
  for (const department of DEPARTMENTS) localIds[department] = storyLocalIds(member, department);
  const mobile = mobileOf(place);
  return { id, name, sex, birthDate, idNumber, division, mobile, familyId, schoolId, employerId, story, localIds };
}

function residentOf(
  settlement: Settlement,
  { name, sex, birthDate, migrant }: Member,
  { id, familyId, division, random }: PersonIds & { division: string; random: Random },
): WorldPerson {
  const age = ageOn(birthDate, settlement.today);
  const schoolId = schoolOf(settlement, birthDate, random);
  const employed = schoolId === null && age >= 18 && age < 60 && random.chance(migrant ? 0.95 : 0.75);
  const situation = { sex, birthDate, age, atSchool: schoolId !== null, employed, migrant };
  return {
    id,
    name,
    sex,
    birthDate,
    idNumber: freshIdNumber(settlement.idNumbers, { sex, birthDate, migrant }, random),
    division,
    mobile: mobileOf(random.int(1_000, 99_999_999)),
    familyId,
    schoolId,
    employerId: employed ? random.pick(settlement.employers).id : null,
    story: null,
    localIds: settlement.localIds.register(situation, random),
  };
}

/** No network in China begins with 100: these numbers ring nowhere. */
const mobileOf = (subscriber: number) => `100${String(subscriber).padStart(8, '0')}`;

/** Draws until nobody has this number yet. */
function freshIdNumber(taken: Set<string>, { sex, birthDate, migrant }: Omit<Member, 'name'>, random: Random): string {
  for (;;) {
    const prefix = migrant || random.chance(0.05) ? random.pick(BIRTHPLACES) : DISTRICT;
    const idNumber = idNumberOf(prefix, birthDate, sequenceFor(sex, random.int(0, 999)));
    if (taken.has(idNumber)) continue;
    taken.add(idNumber);
    return idNumber;
  }
}

/** The youngest age on 1 September at which a stage takes children, and how many of that age go. */
const STAGES: readonly (readonly [SchoolStage, number, number])[] = [
  ['UNIVERSITY', 18, 0.45],
  ['SENIOR', 15, 0.93],
  ['JUNIOR', 12, 1],
  ['PRIMARY', 6, 1],
  ['KINDERGARTEN', 3, 0.85],
];
const OLDEST_STUDENT = 21;

function schoolOf({ schools, today }: Settlement, birthDate: string, random: Random): string | null {
  const age = ageOn(birthDate, schoolYearStart(today));
  const stage = age > OLDEST_STUDENT ? undefined : STAGES.find(([, youngest]) => age >= youngest);
  if (stage === undefined || !random.chance(stage[2])) return null;
  return random.pick(schools.filter((school) => school.stage === stage[0])).id;
}
