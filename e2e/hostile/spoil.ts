/** One thing that is wrong with what a department answers. The numbers choose, whatever their size. */
export interface Spoil {
  /** Which of the department's answers it is; `EVERY_CALL` for all of them. */
  readonly call: number;
  readonly kind: string;
  readonly where: number;
  readonly how: number;
}

export const EVERY_CALL = 4;

/** How a spoilt thing is made of a right one, by kind. The right one may be changed in place: it is made for each call. */
export type Spoils<Thing> = Readonly<Record<string, (thing: Thing, spoil: Spoil, call: number) => Thing>>;

/** Applies those spoils of a call that are kinds of this table, in their order. */
export function spoilt<Thing>(
  thing: Thing,
  table: Spoils<Thing>,
  of: { spoils: readonly Spoil[]; call: number },
): Thing {
  let now = thing;
  for (const spoil of of.spoils) {
    if (!Object.hasOwn(table, spoil.kind) || (spoil.call !== of.call && spoil.call !== EVERY_CALL)) continue;
    now = table[spoil.kind]?.(now, spoil, of.call) ?? now;
  }
  return now;
}

export function pick<T>(all: readonly T[], n: number): T | undefined {
  return all[n % Math.max(1, all.length)];
}
