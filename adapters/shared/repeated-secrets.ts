import type { SettingsTable } from './settings.ts';

/** A table of settings with what was read by it. */
export interface ReadTable {
  readonly table: SettingsTable;
  readonly values: Readonly<Record<string, unknown>>;
}

/** One line for each secret that has the value of another one: who learns the one has both. No line tells a value. */
export function repeatedSecrets(read: readonly ReadTable[]): readonly string[] {
  const firstWith = new Map<unknown, string>();
  return read.flatMap(({ table, values }) =>
    Object.entries(table).flatMap(([name, { secret }]) => {
      const value = values[name];
      if (secret === undefined || typeof value !== 'string') return [];
      const first = firstWith.get(value) ?? name;
      firstWith.set(value, first);
      return first === name ? [] : [`${name}: has the value of ${first}; each secret needs its own`];
    }),
  );
}
