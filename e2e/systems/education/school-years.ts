/** Which schools a student has been to, by age, as the sample district's children go. */
import { shiftYears } from '../world/calendar.ts';
import { enrolmentYear } from '../world/local-ids.ts';
import type { School, SchoolStage } from '../world/model.ts';
import { randomFor } from '../world/random.ts';
import { schoolOf } from '../world/world.ts';
import type { Student } from './item.ts';

export interface Attendance {
  readonly school: School;
  /** First of September. */
  readonly from: string;
  /** ISO date; `null` while it goes on. */
  readonly to: string | null;
  /** Of the grade reached, from 0. */
  readonly year: number;
}

/** Stage, the age of its first year, how long it takes. */
const STAGES: readonly (readonly [SchoolStage, number, number])[] = [
  ['KINDERGARTEN', 3, 3],
  ['PRIMARY', 6, 6],
  ['JUNIOR', 12, 3],
  ['SENIOR', 15, 3],
  ['UNIVERSITY', 18, 3],
];

/** Oldest first. A student's number is given with the first of them, a second number later. */
export function schoolYears({ studentNo, person, world, since }: Student): Attendance[] {
  const random = randomFor(world.seed, 'education', 'schools', studentNo);
  const current = schoolOf(world, person);
  const sixIn = sixInYear(person.birthDate, world.today);
  return STAGES.flatMap(([stage, age, years]): Attendance[] => {
    const begin = sixIn + age - 6;
    const [from, end] = [`${begin}-09-01`, `${begin + years}-06-30`];
    const ofStage = world.schools.filter((school) => school.stage === stage);
    const drawn = random.pick(ofStage);
    if (from > world.today || end < `${since}-09-01`) return [];
    // Somebody who is at no school now left with the stage before.
    if (end > world.today && current === null) return [];
    const to = end > world.today ? null : end;
    const school = to === null && current?.stage === stage ? current : drawn;
    const reached = Number((to ?? world.today).slice(0, 4)) - begin - ((to ?? world.today).slice(5) < '09-01' ? 1 : 0);
    return [{ school, from, to, year: Math.min(reached, years - 1) }];
  });
}

/** Where a student was on a day; `undefined` before the first school. */
export const schoolOn = (years: readonly Attendance[], day: string) => years.findLast(({ from }) => from <= day);

function sixInYear(birthDate: string, today: string): number {
  const sixYearsOn = shiftYears(birthDate, 6);
  // A child who is not six yet is told by the kindergarten year.
  if (sixYearsOn > today) return Number(sixYearsOn.slice(0, 4)) + (sixYearsOn.slice(5) > '09-01' ? 1 : 0);
  const year = enrolmentYear(birthDate, today);
  return Number(sixYearsOn.slice(0, 4)) > year ? year + 3 : year;
}
