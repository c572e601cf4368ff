/** What the makers of records work on. */
import type { WorldPerson } from '../world/model.ts';
import type { Random } from '../world/random.ts';

/** A record as the service answers it: element name to text. `null` elements are left out. */
export type RawRecord = Readonly<Record<string, string | null>>;
export type Category = 'assistance' | 'childWelfare' | 'elderlyCare' | 'familyGuidance';

/** Whom a record is made for, and what the makers need to know about them. */
export interface Subject {
  readonly person: WorldPerson;
  readonly age: number;
  readonly today: string;
  /** First day on which the bureau can have acted: the start of the year in the person's number. */
  readonly since: string;
  readonly guardian: WorldPerson | null;
  readonly committee: string;
  /** The first of their kind in the world: given a record of every category that fits, so that none is empty. */
  readonly always: boolean;
}

export type Maker = (subject: Subject, random: Random) => readonly RawRecord[];
