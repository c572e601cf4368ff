/** The kinds of row that a file may hold, in the order in which they are taken: what is referred to comes first. */
export const ROW_KINDS = ['organisations', 'locations', 'professionals', 'services', 'capacities'] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** A row of a file, in the words of the directory; not checked yet. */
export interface LoadedRow {
  /** `line 7`, `organizations[3].services[0]`. */
  readonly place: string;
  readonly kind: RowKind;
  /** The fields of the entry's input, `id` among them. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Why a row is not taken although nothing of its fields was looked at. */
export type RowFault = 'NOT_AN_OBJECT' | 'COLUMN_COUNT' | 'UNUSABLE_CHARACTERS' | 'FORMULA' | 'DUPLICATE_ROW';

export interface FaultyRow {
  readonly place: string;
  readonly kind: RowKind;
  readonly fault: RowFault;
  /** The column or field, where one is at fault. */
  readonly field?: string;
}

export interface LoadedRows {
  readonly rows: readonly LoadedRow[];
  readonly faulty: readonly FaultyRow[];
  /** Fields or columns that the directory has no place for. */
  readonly ignored: readonly string[];
}
