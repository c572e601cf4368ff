/** The part of a department's port that every department has. Each department's own port adds its categories. */

export interface ReadOptions {
  /** Only rows of this ISO date or later. A source that cannot filter answers all; the subgraph does not rely on it. */
  readonly since?: string;
  /** Aborts when the caller is gone or its deadline is over. */
  readonly signal?: AbortSignal;
}

/** One batched answer. */
export interface SourceAnswer<Row> {
  /** When the department's data were as answered, ISO instant with offset. */
  readonly asOf: string;
  /** True when the answer comes from the hub's cache or the last good file, not from the system now. */
  readonly cached: boolean;
  /** One entry a key, in key order; `null` = that local id is not known there, `[]` = known, without such records. */
  readonly rows: readonly (readonly Row[] | null)[];
}

/** A batched read of one category: local ids in, rows in key order out. Throws `SourceError`. */
export type Read<Row> = (localIds: readonly string[], options?: ReadOptions) => Promise<SourceAnswer<Row>>;

/** Rows that their department sealed: under every basis but `OWN_RECORD` not even their existence shows. */
export interface Sealable {
  readonly sealed: boolean;
}

/** Rows that a clinician withheld from the person for the person's good: to everybody else they show. */
export interface Withholdable {
  readonly withheld?: true;
}

export type Sex = 'UNKNOWN' | 'MALE' | 'FEMALE' | 'UNSTATED';

/** One line of a department's register of persons, for linking persons who are already in the hub. */
export interface RegisterEntry {
  readonly localId: string;
  /** Normalised to 18 characters; `null` where the department has none or a malformed one. */
  readonly idNumber: string | null;
  readonly name: string;
  readonly sex: Sex;
  /** ISO date; may be partial (`2011`, `2011-03`) or `null`. */
  readonly birthDate: string | null;
  /** GB/T 2260, 6, 9 or 12 digits; `null` where unknown. */
  readonly division: string | null;
}

export interface RegisterPage {
  readonly entries: readonly RegisterEntry[];
  /** Give it back to `register` for the next page; `null` at the end. Survives a restart of the hub. */
  readonly next: string | null;
}

export interface DepartmentSource {
  /** Walks the register page by page; start with `null`. Throws `SourceError`. */
  register(cursor: string | null, options?: ReadOptions): Promise<RegisterPage>;
  /** Resolves when the system answers at all; throws `SourceError` otherwise. */
  probe(options?: ReadOptions): Promise<void>;
  close(): Promise<void>;
}
