import { fileDrop, type DropLog, type InForce } from '../shared/file-drop.ts';
import { readPolicy } from '../shared/read-policy.ts';
import type { Settings } from '../shared/settings.ts';
import { invalidAnswer } from '../shared/source-error.ts';
import type { Read, RegisterEntry, RegisterPage } from '../shared/source.ts';
import type { TableLimits } from '../shared/table.ts';
import { FAMILY_SUPPORT, HOTLINE, REGISTER, RIGHTS_CASE } from './file-kinds.ts';
import type { WomensFederationSource } from './port.ts';
import type { RowsByPerson } from './rows-by-person.ts';
import type { womensFederationSettings } from './settings.ts';

interface Deps {
  readonly log?: DropLog;
  readonly limits?: Partial<TableLimits>;
  readonly registerPageSize?: number;
}

const SOURCE = 'womens-federation';
/** What the exporter calls its manifest of a night. */
const MANIFEST = '清单';

/**
 * The women's federation's drop folder. Files are read once and kept in memory until they change; a read answers from
 * memory, so one look at the folder serves any number of persons. With the folder gone nothing is answered: what was
 * sealed since could not be known.
 */
export function dropFolderWomensFederationSource(
  settings: Settings<typeof womensFederationSettings>,
  { log, limits = {}, registerPageSize = 200 }: Deps = {},
): WomensFederationSource {
  const drop = fileDrop({
    source: SOURCE,
    folder: settings.WOMENS_FEDERATION_DROP_FOLDER,
    manifestStem: MANIFEST,
    checkEveryMs: settings.WOMENS_FEDERATION_CHECK_SECONDS * 1_000,
    limits,
    log,
  });
  const policy = readPolicy({ source: SOURCE, timeoutMs: settings.WOMENS_FEDERATION_TIMEOUT_MS, retries: 0 });
  const register = drop.follow(REGISTER);

  function reader<Row>(follow: () => Promise<InForce<RowsByPerson<Row>>>, dateOf: (row: Row) => string): Read<Row> {
    return async (localIds, { since = '', signal } = {}) => {
      const [file, people] = await policy.run(() => Promise.all([follow(), register()]), { signal });
      return {
        asOf: file.asOf,
        cached: !file.newest,
        rows: localIds.map((id) => {
          const rows = file.value.get(id)?.filter((row) => dateOf(row) >= since);
          return rows ?? (people.value.known.has(id) ? [] : null);
        }),
      };
    };
  }

  return {
    familySupportOf: reader(drop.follow(FAMILY_SUPPORT), (row) => row.from),
    rightsCasesOf: reader(drop.follow(RIGHTS_CASE), (row) => row.acceptedOn),
    hotlineContactsOf: reader(drop.follow(HOTLINE), (row) => row.date),
    async register(cursor, { signal } = {}) {
      const { value } = await policy.run(register, { signal });
      return pageAfter(value.entries, cursor, registerPageSize);
    },
    probe: ({ signal } = {}) => policy.run(() => drop.probe(), { signal }),
    async close() {},
  };
}

const CURSOR = 'after:';

/**
 * The cursor is the last local id of the page before, so that it holds when the next night's register comes in between.
 * Lines about one local id stay on one page.
 */
function pageAfter(entries: readonly RegisterEntry[], cursor: string | null, size: number): RegisterPage {
  if (cursor !== null && !cursor.startsWith(CURSOR)) {
    throw invalidAnswer(SOURCE, 'not a cursor of this register');
  }
  const after = cursor?.slice(CURSOR.length) ?? '';
  const start = firstAfter(entries, after);
  let end = Math.min(start + size, entries.length);
  while (end > start && end < entries.length && entries[end]?.localId === entries[end - 1]?.localId) end += 1;
  const last = entries[end - 1];
  return {
    entries: entries.slice(start, end),
    next: end < entries.length && last !== undefined ? CURSOR + last.localId : null,
  };
}

/** Binary search: the register of a city has a hundred thousand lines and is walked in pages. */
function firstAfter(entries: readonly RegisterEntry[], localId: string): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.localId ?? '') <= localId) low = middle + 1;
    else high = middle;
  }
  return low;
}
