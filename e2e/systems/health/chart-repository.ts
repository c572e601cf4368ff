/**
 * Where the FHIR library finds the department's charts. The library's own memory repository tries every resource it
 * holds at each search (40,000: 208 ms); here the patients that a search names give the charts to try, and the library
 * does the rest: routes, parsing of searches, matching, includes, outcomes.
 */
import {
  getReferenceString,
  matchesSearchRequest,
  notFound,
  OperationOutcomeError,
  Operator,
  type SearchRequest,
  splitSearchOnComma,
  type WithId,
} from '@medplum/core';
import { getExtraEntries, MemoryRepository } from '@medplum/fhir-router';
import type { Bundle, BundleEntry, Resource, ResourceType } from '@medplum/fhirtypes';
import type { HealthRecords, StoredResource } from './records.ts';

interface Plan {
  readonly patientIds: readonly string[];
  /** What the index has not answered yet. */
  readonly rest: SearchRequest;
  /** Set where `patientIds` are the page already: the register is walked without making more charts than its page's. */
  readonly total?: number;
}

/** A class because the library's seam is one: it calls the repository's methods on each other. */
export class ChartRepository extends MemoryRepository {
  readonly #records: HealthRecords;
  readonly #baseUrl: string;

  constructor(records: HealthRecords, baseUrl: string) {
    super();
    this.#records = records;
    this.#baseUrl = baseUrl;
  }

  override async search<T extends Resource>(request: SearchRequest<T>): Promise<Bundle<WithId<T>>> {
    const { patientIds, rest, total } = planOf(request, this.#records.patientIds);
    const found = patientIds
      .flatMap((id) => this.#records.chartOf(id) ?? [])
      .filter((resource) => matchesSearchRequest(resource, rest));
    const page = total === undefined ? sliceOf(found, request) : found;
    const about = await this.#reverseIncluded(request, page);
    const entry = [...page.map((one) => this.#entry(one, 'match')), ...about.map((one) => this.#entry(one, 'include'))];
    await getExtraEntries<Resource>(this, { ...rest, revInclude: undefined }, [...page, ...about], entry, {
      fullUrl: (type, id) => `${this.#baseUrl}/${type}/${id}`,
      maxResults: Number.MAX_SAFE_INTEGER,
    });
    return {
      resourceType: 'Bundle',
      type: 'searchset',
      total: total ?? found.length,
      // The library promises T although entries may be included resources of other types.
      entry: entry as BundleEntry<WithId<T>>[],
    };
  }

  override async readResource<T extends Resource>(resourceType: string, id: string): Promise<T> {
    const drugs = resourceType === 'Medication' ? this.#records.formulary : [];
    const chart = this.#records.chartOf(id.split('.')[0] ?? '') ?? [];
    const found = [...drugs, ...chart].find((resource) => getReferenceString(resource) === `${resourceType}/${id}`);
    if (found === undefined) throw new OperationOutcomeError(notFound);
    return found as Resource as T;
  }

  /** `_revinclude`. The library's own needs the structure definitions, and stops at 1,000 rows without saying so. */
  async #reverseIncluded({ revInclude = [] }: SearchRequest, page: readonly StoredResource[]) {
    const value = page.map((resource) => getReferenceString(resource)).join(',');
    if (value === '') return [];
    const searches = revInclude.map(({ resourceType, searchParam }) =>
      this.searchResources<StoredResource>({
        resourceType: resourceType as ResourceType,
        filters: [{ code: searchParam, operator: Operator.EQUALS, value }],
      }),
    );
    return (await Promise.all(searches)).flat();
  }

  #entry(resource: StoredResource, mode: 'match' | 'include'): BundleEntry {
    return { fullUrl: `${this.#baseUrl}/${resource.resourceType}/${resource.id}`, resource, search: { mode } };
  }
}

/** The index: charts by patient. What a chart holds is its patient's, so that a filter by patient is answered here. */
function planOf(request: SearchRequest, all: readonly string[]): Plan {
  const { resourceType, filters = [] } = request;
  const code = resourceType === 'Patient' ? '_id' : 'patient';
  const named = filters.find((filter) => filter.code === code && filter.operator === Operator.EQUALS);
  if (named !== undefined) {
    const ids = splitSearchOnComma(named.value).map((value) => value.replace(/^Patient\//, ''));
    const rest = { ...request, filters: filters.filter((filter) => filter !== named) };
    return { patientIds: [...new Set(ids)], rest };
  }
  if (resourceType !== 'Patient' || filters.length > 0) return { patientIds: all, rest: request };
  return { patientIds: sliceOf(all, request), rest: request, total: all.length };
}

function sliceOf<T>(list: readonly T[], { offset = 0, count }: SearchRequest): readonly T[] {
  return list.slice(offset, count === undefined ? undefined : offset + count);
}
