import type { HttpDoor } from '../shared/http-door.ts';
import { onceEach } from '../shared/once-each.ts';
import { readBudget } from '../shared/read-budget.ts';
import { invalidAnswer } from '../shared/source-error.ts';
import { type FhirResource, nextLink, refuseFailedSearch, type Searchset, searchset } from './fhir-bundle.ts';

/** More pages than any batch can need: a server that goes on is stuck in a circle. */
const MAX_PAGES = 50;

type Door = Pick<HttpDoor, 'get' | 'follow'>;
export type SearchParameters = Readonly<Record<string, string | number | readonly string[] | undefined>>;

export interface SearchPage {
  readonly resources: readonly FhirResource[];
  /** Link to the next page as the server gave it; the door checks where it leads. */
  readonly next: string | null;
  /** ISO instant, from the bundle or else from the HTTP answer. */
  readonly asOf: string;
  /** Of the answer that it came in. */
  readonly bytes: number;
}

interface Search {
  readonly source: string;
  readonly signal?: AbortSignal | undefined;
}

/** FHIR R4 searches through a door. They throw `SourceError` only. */
export function fhirSearch(door: Door) {
  const request = (signal: AbortSignal | undefined) => ({
    signal,
    accept: 'application/fhir+json',
    // A search finds nothing with 200; 404 is a wrong base URL.
    pass: () => false,
  });

  async function first(type: string, query: SearchParameters, { source, signal }: Search): Promise<SearchPage> {
    return pageOf(source, await door.get(type, { ...request(signal), query }));
  }

  async function following(link: string, { source, signal }: Search): Promise<SearchPage> {
    return pageOf(source, await door.follow(link, request(signal)));
  }

  /** All pages of one search. A row that moved to another page while they were read comes once. */
  async function all(
    type: string,
    query: SearchParameters,
    search: Search,
  ): Promise<Pick<SearchPage, 'resources' | 'asOf'>> {
    const start = await first(type, query, search);
    const resources: FhirResource[] = [];
    const spend = readBudget(search.source);
    const take = (page: SearchPage) => {
      spend({ rows: page.resources.length, bytes: page.bytes });
      for (const resource of page.resources) resources.push(resource);
    };
    take(start);
    const seen = new Set<string>();
    for (let { next } = start; next !== null;) {
      if (seen.has(next) || seen.size >= MAX_PAGES) throw endless(search.source);
      seen.add(next);
      const page = await following(next, search);
      take(page);
      next = page.next;
    }
    return { resources: onceEach(resources, nameOf), asOf: start.asOf };
  }

  return { first, following, all };
}

function pageOf(source: string, answer: Awaited<ReturnType<HttpDoor['get']>>): SearchPage {
  const bundle: Searchset = answer.json(searchset);
  refuseFailedSearch(source, bundle);
  const next = nextLink(bundle);
  // It would mean the base itself, and as a cursor of the register it is none.
  if (next === '') throw invalidAnswer(source, 'a link to the next page is empty');
  const dated = Date.parse(answer.headers.get('date') ?? '');
  return {
    resources: bundle.entry.map(({ resource }) => resource),
    bytes: answer.body.length,
    next,
    asOf: bundle.meta?.lastUpdated ?? new Date(Number.isNaN(dated) ? Date.now() : dated).toISOString(),
  };
}

const nameOf = ({ resourceType, id }: FhirResource) => (id === undefined ? null : `${resourceType}/${id}`);

const endless = (source: string) => invalidAnswer(source, 'the pages of a search do not end');
