import { localIdOf } from './local-ids.ts';
import type { DepartmentSlug, Quirk, WorldPerson } from './model.ts';

/** One person of a story. A department that is not named in `knownAs` does not know them. */
export interface StoryMember {
  readonly story: string;
  readonly name: string;
  readonly sex: WorldPerson['sex'];
  readonly birthDate: string;
  /** First six digits of the ID number, where they were born; the district by default. */
  readonly bornIn?: string;
  /** Digits 15 to 17 of the ID number. */
  readonly sequence: number;
  readonly schoolId?: string;
  readonly employerId?: string;
  /** [year, serial] of each local id. */
  readonly knownAs: Partial<Record<DepartmentSlug, readonly (readonly [string, number])[]>>;
  readonly quirks?: readonly { readonly department: DepartmentSlug; readonly quirk: Quirk }[];
}

export interface StoryFamily {
  readonly division: string;
  readonly members: readonly StoryMember[];
  /** [guardian, ward] by place in `members`. */
  readonly guardians: readonly (readonly [number, number])[];
}

export const storyLocalIds = ({ knownAs }: StoryMember, department: DepartmentSlug): readonly string[] =>
  (knownAs[department] ?? []).map(([year, serial]) => localIdOf(department, year, serial));
