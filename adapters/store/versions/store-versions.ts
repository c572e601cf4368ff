/** What a version of the stored data brings, for hubs of before and after it (docs/decisions/store-versions.md). */
export interface StoreVersion {
  readonly version: number;
  /** The oldest hub that can live with what a hub of this version writes. */
  readonly readableBy: number;
  /** Collections whose documents of before lack entries of an index; each hub fills those of its own collections. */
  readonly reindex: readonly string[];
  readonly what: string;
}

/** In order, the newest last. What has shipped is never edited: a change of the data is one more entry. */
export const storeVersions: readonly StoreVersion[] = [
  { version: 1, readableBy: 1, reindex: [], what: 'stores from before versions were written down' },
  { version: 2, readableBy: 1, reindex: ['referral'], what: 'referrals by their next due clock (byClockDue)' },
];

/** The one that a hub which knows these writes. */
export function newestOf(versions: readonly StoreVersion[]): StoreVersion {
  const newest = versions.at(-1);
  if (newest === undefined) throw new Error('there is no version');
  return newest;
}
