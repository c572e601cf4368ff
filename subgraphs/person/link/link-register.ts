import { invalidAnswer } from '../../../adapters/shared/source-error.ts';
import type { DepartmentSource } from '../../../adapters/shared/source.ts';
import { type LinkServices, linkPage, type Uncertain } from './link-page.ts';
import { type LinkCounts, type LinkRun, linkRuns, NO_COUNTS } from './link-run.ts';

/** In one run: ten million persons in pages of a hundred. Cursors are kept for it, and they may be long. */
const MOST_PAGES = 100_000;

interface LinkReport {
  page(counts: LinkCounts): void;
  uncertain(line: Uncertain): void;
}

export interface RegisterWalk extends LinkServices {
  readonly source: Pick<DepartmentSource, 'register'>;
  readonly report: LinkReport;
  readonly signal?: AbortSignal;
  /** Of one run. */
  readonly mostPages?: number;
}

/**
 * Walks a department's register page by page and links persons who are in the hub already. The place is kept after each
 * page: a run that was killed goes on there, and the page that it was in is judged again, which changes nothing twice.
 * A dry run starts at the beginning and keeps nothing. Cursors that go in a circle, or on for ever, are
 * SOURCE_INVALID. Throws `SourceError`, `StoreError`.
 */
export async function linkRegister(walk: RegisterWalk): Promise<LinkCounts> {
  const { mostPages = MOST_PAGES } = walk;
  let { run, version } = await begin(walk);
  const cursors = new Set([run.cursor]);
  for (;;) {
    const { entries, next } = await walk.source.register(run.cursor, walk.signal && { signal: walk.signal });
    if (next !== null && cursors.has(next)) {
      throw invalidAnswer(walk.department.slug, 'the pages of the register go in a circle');
    }
    if (cursors.size > mostPages) throw invalidAnswer(walk.department.slug, 'the pages of the register do not end');
    cursors.add(next);
    const { linked, known, uncertain } = await linkPage(walk, entries);
    uncertain.forEach((line) => walk.report.uncertain(line));
    const counts: LinkCounts = {
      pages: run.counts.pages + 1,
      entries: run.counts.entries + entries.length,
      linked: run.counts.linked + linked,
      known: run.counts.known + known,
      uncertain: run.counts.uncertain + uncertain.length,
    };
    const finishedAt = next === null ? instant(walk) : null;
    run = { ...run, cursor: next, counts, finishedAt };
    version = await keep(walk, run, version);
    walk.report.page(counts);
    if (next === null) return counts;
    walk.signal?.throwIfAborted();
  }
}

async function begin(walk: RegisterWalk): Promise<{ run: LinkRun; version: number }> {
  const last = walk.dryRun ? null : await walk.store.load(linkRuns, walk.department.slug);
  const version = last?.version ?? 0;
  if (last !== null && last.data.finishedAt === null) return { run: last.data, version };
  return { run: { cursor: null, counts: NO_COUNTS, startedAt: instant(walk), finishedAt: null }, version };
}

/** Two runs at once: the slower one stops here with a `StoreConflict`. */
async function keep({ store, department, dryRun }: RegisterWalk, data: LinkRun, version: number): Promise<number> {
  if (dryRun) return version;
  return (await store.save(linkRuns, { id: department.slug, data, expectedVersion: version })).version;
}

const instant = ({ now }: RegisterWalk): string => new Date(now()).toISOString();
