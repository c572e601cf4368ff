/** What a CSV or an XLSX file holds, as text: the first row is the header. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Bounds of a dropped file. What goes beyond is refused, never cut. */
export interface TableLimits {
  readonly maxBytes: number;
  /** Of all parts of an XLSX file together, unpacked. */
  readonly maxExpandedBytes: number;
  readonly maxRows: number;
  readonly maxColumns: number;
}

export const TABLE_LIMITS: TableLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxExpandedBytes: 64 * 1024 * 1024,
  maxRows: 1_000_000,
  maxColumns: 100,
};
