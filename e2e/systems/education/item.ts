/** The department's records as its service gives them. */
import type { World, WorldPerson } from '../world/model.ts';
import type { Random } from '../world/random.ts';

export type Item = Readonly<Record<string, string | number | null>>;

export const CATEGORIES = ['enrolment', 'counselling', 'assessment', 'protection'] as const;
export type Category = (typeof CATEGORIES)[number];

/** One student as the records are made from: the school years so far, and which oddities fall on this one. */
export interface Student {
  readonly studentNo: string;
  readonly person: WorldPerson;
  /** Place among all students; oddities go by it, so that every world has them. */
  readonly place: number;
  /** The year the number was given in. */
  readonly since: string;
  readonly world: World;
}

export type Maker = (student: Student, random: Random) => readonly Item[];

/** Falls on every `every`th student, each kind on others. */
export const oddity = ({ place, person }: Student, every: number, shift: number) =>
  person.story === null && place % every === shift;
