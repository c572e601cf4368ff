import { z } from 'zod';
import { readBudget } from '../shared/read-budget.ts';
import { invalidAnswer } from '../shared/source-error.ts';
import type { ListPage } from './union-api.ts';

/** A list that has not come to rest by then shifts faster than it can be read. */
const MAX_PASSES = 4;
/** More pages than any batch can need. */
const MAX_PAGES = 50;

interface WholeListOptions {
  readonly source: string;
  /** Rows on a page. */
  readonly size: number;
  readonly readPage: (page: number) => Promise<ListPage>;
}

/**
 * Reads all pages of a list that may shift meanwhile. A row entered at the front moves the others down, so that one comes
 * twice; a row taken out moves them up, so that one is skipped. A pass stands if all its pages tell the same total, are as
 * full as that total says, and no row comes on two of them; else the list is read again. A row that truly stands twice,
 * across two pages, makes every pass alike, and the second like it stands. Throws SOURCE_INVALID after four passes.
 */
export async function wholeList({ source, size, readPage }: WholeListOptions): Promise<readonly ListPage[]> {
  let doubtful: string | null = null;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const pages = await onePass({ source, size, readPage });
    if (pages === null) continue;
    const ids = pages.map(({ list }) => list.map(idOf));
    if (!comeOnTwoPages(ids)) return pages;
    const seen = JSON.stringify(ids);
    if (seen === doubtful) return pages;
    doubtful = seen;
  }
  throw invalidAnswer(source, 'a list that shifts faster than it can be read');
}

/** `null` as soon as the pages do not fit each other. */
async function onePass({ source, size, readPage }: WholeListOptions): Promise<readonly ListPage[] | null> {
  const first = await readPage(1);
  const count = Math.max(1, Math.ceil(first.total / size));
  if (count > MAX_PAGES) throw invalidAnswer(source, `${count} pages`);
  const pages: ListPage[] = [];
  const spend = readBudget(source);
  for (let page = 1; page <= count; page += 1) {
    const next = page === 1 ? first : await readPage(page);
    spend({ rows: next.list.length, bytes: next.bytes });
    const full = Math.min(size, first.total - (page - 1) * size);
    if (next.total !== first.total || next.list.length !== full) return null;
    pages.push(next);
  }
  return pages;
}

function comeOnTwoPages(pages: readonly (readonly (string | null)[])[]): boolean {
  const before = new Set<string>();
  for (const ids of pages) {
    if (ids.some((id) => id !== null && before.has(id))) return true;
    for (const id of ids) if (id !== null) before.add(id);
  }
  return false;
}

const withId = z.object({ id: z.union([z.string(), z.number()]) });

function idOf(row: unknown): string | null {
  const parsed = withId.safeParse(row);
  return parsed.success ? String(parsed.data.id) : null;
}
