import { randomUUID } from 'node:crypto';
import DataLoader from 'dataloader';
import { certificateProblem } from '../../adapters/shared/certificate-problem.ts';
import { SourceError } from '../../adapters/shared/source-error.ts';
import type { Read } from '../../adapters/shared/source.ts';
import { isWatched, watched, work } from '../../adapters/shared/watched-work.ts';
import type { AccessBasis, Grant } from './grant.ts';
import { evenDeparture } from './even-departure.ts';
import type { Log } from './log.ts';
import { visibleRows } from './row-visibility.ts';

/** What a row adds to the timeline; `null` = nothing. Dates may be partial. */
export type EventOf<Row> = (row: Row) => {
  readonly date: string | null;
  readonly code: string;
  readonly title: string;
  readonly organisation?: string | null;
} | null;

interface CategoryEntry<Source> {
  readonly read: (source: Source) => Read<unknown>;
  readonly event: EventOf<unknown>;
}

/** Category slug → how it is read and which event its rows make. */
export type CategoryTable<Source> = Readonly<Record<string, CategoryEntry<Source>>>;

/** One entry of a category table; ties the type of the rows to that of the events. */
export function category<Source, Row>(read: (source: Source) => Read<Row>, event: EventOf<Row>): CategoryEntry<Source> {
  return { read, event: (row) => event(row as Row) };
}

/** One category of one person as read: rows (`null` = not known there), or why there are none. */
export type CategoryRead =
  | { readonly rows: readonly unknown[] | null; readonly asOf: string; readonly cached: boolean }
  | { readonly failure: unknown };

const NOT_KNOWN: CategoryRead = { rows: null, asOf: '', cached: false };

export interface CategoryLoaders {
  /** Reads these categories for the person of the grant; every person of the same request shares one call a category. */
  readAll(grant: Grant, categories: readonly string[]): Promise<ReadonlyMap<string, CategoryRead>>;
}

interface LoadedRows {
  readonly rows: readonly unknown[] | null;
  readonly asOf: string;
  readonly cached: boolean;
}

/** Born with the request, one DataLoader a category. */
export function categoryLoaders<Source>(
  source: Source,
  table: CategoryTable<Source>,
  { department, signal, log }: { department: string; signal: AbortSignal; log: Log },
): CategoryLoaders {
  const loaders = new Map<string, DataLoader<string, LoadedRows>>();
  const loaderOf = (slug: string) => {
    const known = loaders.get(slug);
    if (known) return known;
    const entry = table[slug];
    if (entry === undefined) throw new Error(`no category ${slug} in the table`);
    const loader = new DataLoader<string, LoadedRows>(async (localIds) => {
      const read = async () =>
        entry
          .read(source)
          .call(source, localIds, { signal })
          .catch((error: unknown) => {
            // Time does not mend it, as it does most of what goes wrong there.
            const known = error instanceof SourceError ? error.problem : null;
            const problem = known ?? certificateProblem(error, `the system of ${department}`);
            if (problem !== null) log.warn({ department, problem }, 'a department was not asked');
            throw error;
          });
      const { rows, asOf, cached } = await (isWatched(work.read)
        ? watched(work.read, { department, category: slug }, read)
        : read());
      return localIds.map((_, i) => ({ rows: rows[i] ?? null, asOf, cached }));
    });
    loaders.set(slug, loader);
    return loader;
  };
  return {
    readAll: async (grant, categories) =>
      new Map(
        await Promise.all(
          categories.map(async (slug) => [slug, await readEvenly(loaderOf(slug), { grant, slug, signal })] as const),
        ),
      ),
  };
}

/**
 * Whoever is not known there is asked for all the same, under an id that nobody has: else a source that is down, or
 * slow, would tell who is (case 68). A department knows its own by its own records and asks for nobody else.
 */
function idsAsked(parts: Grant['parts']): readonly { readonly basis: AccessBasis; readonly localId: string }[] {
  const ids = parts.flatMap(({ basis, localIds }) => localIds.map((localId) => ({ basis, localId })));
  const others = parts.find(({ basis }) => basis !== 'OWN_RECORD');
  return ids.length > 0 || others === undefined ? ids : [{ basis: others.basis, localId: nobodysId() }];
}

/** In the form of an id in every department's system, and too random to be one; it says nothing of the person. */
function nobodysId(): string {
  return randomUUID().replaceAll('-', '').toUpperCase();
}

/** See `evenDeparture`. A department's system that answers within it tells nothing by its time. */
const NOT_KNOWN_EVERY_MS = 25;

/**
 * What is not known to others than the department itself leaves at a time that says nothing of why: there may be nobody,
 * nothing, or only what is sealed (case 68).
 */
async function readEvenly(
  loader: DataLoader<string, LoadedRows>,
  { grant, slug, signal }: { grant: Grant; slug: string; signal: AbortSignal },
): Promise<CategoryRead> {
  const startedAt = performance.now();
  const read = await readOne(loader, grant, slug);
  const isOthers = grant.parts.some(({ basis }) => basis !== 'OWN_RECORD');
  if (read === NOT_KNOWN && isOthers) await evenDeparture({ everyMs: NOT_KNOWN_EVERY_MS, startedAt, signal });
  return read;
}

async function readOne(loader: DataLoader<string, LoadedRows>, grant: Grant, slug: string): Promise<CategoryRead> {
  const parts = grant.parts.filter(({ categories }) => categories.includes(slug));
  try {
    const loaded = await Promise.all(
      idsAsked(parts).map(async ({ basis, localId }) => ({ basis, ...(await loader.load(localId)) })),
    );
    const known = loaded.filter(({ rows }) => rows !== null);
    const [first] = known;
    if (first === undefined) return NOT_KNOWN;
    const visible = known.flatMap(({ basis, rows }) => visibleRows(rows ?? [], basis));
    // For others "known there, nothing to see" and "known only by what is sealed" must look alike, so both are "not known".
    const own = known.some(({ basis }) => basis === 'OWN_RECORD');
    if (!own && visible.length === 0) return NOT_KNOWN;
    return { rows: visible, asOf: first.asOf, cached: known.some(({ cached }) => cached) };
  } catch (failure) {
    return { failure };
  }
}
