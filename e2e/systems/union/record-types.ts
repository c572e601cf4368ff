import type { WorldPerson } from '../world/model.ts';
import type { Random } from '../world/random.ts';
import type { Written } from './quirks.ts';

export const CATEGORIES = ['employee-assistance', 'hardship-aid', 'workplace-mediation'] as const;
export type Category = (typeof CATEGORIES)[number];

/** A row as the service answers it. */
export type RawRow = Readonly<Record<string, Written>>;

/** What is known of the member for whom rows are made. */
export interface Subject {
  readonly person: WorldPerson;
  readonly memberNo: string;
  readonly age: number;
  readonly today: string;
  /** Name of the employer, which must never leave the union. */
  readonly employer: string | null;
  /** Has a row in every category that fits. */
  readonly always: boolean;
}

/** A row's fields without its id and member, and the ISO day it was entered on: lists stand newest first. */
export interface MadeRow {
  readonly entered: string;
  readonly fields: RawRow;
}

export type Maker = (subject: Subject, random: Random) => readonly MadeRow[];
