import type { KeptEntry, Store } from '../port.ts';

const BATCH = 1_000;

/**
 * What of a log is not in the other store as it is here, letter by letter, with what it is found by; `null` = nothing. Of a
 * store in use the other log may have `grown` behind the end that this one has.
 */
export async function differenceOfLog(
  from: Store,
  to: Store,
  log: string,
  { grown = false }: { grown?: boolean } = {},
): Promise<string | null> {
  for (let after = 0; ;) {
    const [ours, theirs] = await Promise.all(
      [from, to].map(async (store) => store.examineLog(log, { after, first: BATCH })),
    );
    const [a = [], b = []] = [ours, theirs];
    const at = a.findIndex((entry, i) => lineOf(entry) !== lineOf(b[i]));
    if (at !== -1) return `${log}: entry ${a[at]?.sequence} is not the same`;
    if (b.length > a.length && !grown) return `${log}: entry ${b[a.length]?.sequence} is there and was not before`;
    if (a.length < BATCH) return null;
    after = a.at(-1)?.sequence ?? after;
  }
}

const lineOf = (entry: KeptEntry | undefined): string =>
  JSON.stringify(entry && [entry.sequence, entry.id, entry.text, entry.at, entry.terms.toSorted()]);
