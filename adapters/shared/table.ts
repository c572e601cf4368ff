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
  /** Of a CSV file. */
  readonly maxRows: number;
  /** Of an XLSX file, which is parsed in one piece while everything else waits. */
  readonly maxWorkbookRows: number;
  readonly maxColumns: number;
}

export const TABLE_LIMITS: TableLimits = {
  maxBytes: 64 * 1024 * 1024,
  // Measured: 20,000 rows of 8 columns are 11 MB unpacked and hold up the process for 1.5 s, with 360 MB in use; the
  // worst that goes into 16 MB takes about 2 s and 400 MB. That is borne once a night; 150,000 rows (6.5 s, 760 MB) are not.
  maxExpandedBytes: 16 * 1024 * 1024,
  maxWorkbookRows: 20_000,
  maxRows: 1_000_000,
  maxColumns: 100,
};
