import type {
  LocationFilter,
  ProfessionalFilter,
  QueryLocationsArgs,
  QueryNextServicesArgs,
  QueryOrganisationsArgs,
  QueryProfessionalsArgs,
  QueryServicesArgs,
} from '../../schema/generated/api-types.ts';
import { divisionPrefix, isWithin } from '../../adapters/shared/division.ts';
import { connection, pageSize } from '../shared/connection.ts';
import { EVERYWHERE } from './area.ts';
import { type DirectoryContext, shown } from './directory-context.ts';
import { levelOf, type Location, locations } from './location.ts';
import { nextEligible } from './next-eligible.ts';
import { mayReceive } from './organisation-kinds.ts';
import { organisations } from './organisation.ts';
import { type Professional, professionals } from './professional.ts';
import { type Found, searchPage } from './search-page.ts';
import { searchServices } from './search-services.ts';
import { speaks } from './service-fits.ts';

const MAX_NEXT = 20;
const DEFAULT_NEXT = 5;
const MAX_AGE = 150;

export const directoryQueries = {
  organisation: async (_root: unknown, { id }: { id: string }, context: DirectoryContext) =>
    context.organisations.load(id),
  service: async (_root: unknown, { id }: { id: string }, context: DirectoryContext) => context.services.load(id),
  location: async (_root: unknown, { id }: { id: string }, context: DirectoryContext) => context.locations.load(id),
  professional: async (_root: unknown, { id }: { id: string }, context: DirectoryContext) =>
    context.professionals.load(id),

  organisations: async (_root: unknown, { filter, ...paging }: QueryOrganisationsArgs, { store }: DirectoryContext) => {
    const { kind, department, division, receivesReferrals } = filter ?? {};
    const { first, after } = pagingOf(paging);
    const page = await searchPage(store, {
      collection: organisations,
      index: 'search',
      values: [`${kind ?? '*'}|${department ?? '*'}|${placeOf(division)}`],
      accepts: async (found) =>
        found.map(({ data }) => receivesReferrals == null || mayReceive(data.kind) === receivesReferrals),
      first,
      after,
    });
    return listed(page, after);
  },

  services: async (_root: unknown, { filter, ...paging }: QueryServicesArgs, { store, now }: DirectoryContext) => {
    const { first, after } = pagingOf(paging);
    const { items, next } = await searchServices(store, filter ?? {}, { first, after, now: now() });
    const page = listed({ items, next }, after);
    return { ...page, edges: page.edges.map((edge, i) => ({ ...edge, reach: items[i]?.reach ?? 'OWN' })) };
  },

  locations: async (_root: unknown, { filter, ...paging }: QueryLocationsArgs, { store }: DirectoryContext) => {
    const { kind, division } = filter ?? {};
    const { first, after } = pagingOf(paging);
    const page = await searchPage(store, {
      collection: locations,
      index: 'search',
      values: [`${kind ?? '*'}|${placeOf(division)}`],
      accepts: async (found) => found.map(({ data }) => fitsLocation(data, filter ?? {})),
      first,
      after,
    });
    return listed(page, after);
  },

  professionals: async (_root: unknown, { filter, ...paging }: QueryProfessionalsArgs, { store }: DirectoryContext) => {
    const { first, after } = pagingOf(paging);
    const page = await searchPage(store, {
      collection: professionals,
      ...narrowest(filter ?? {}),
      accepts: async (found) => found.map(({ data }) => fitsProfessional(data, filter ?? {})),
      first,
      after,
    });
    return listed(page, after);
  },

  nextServices: async (_root: unknown, { input }: QueryNextServicesArgs, { store }: DirectoryContext) => {
    const { needs, minimumAge, maximumAge, lifeStage, division, except, takesCrises, greenChannel, first } = input;
    const bounded = minimumAge != null || maximumAge != null;
    const found = await nextEligible(store, {
      needs,
      ages: bounded ? { from: minimumAge ?? 0, to: maximumAge ?? MAX_AGE } : null,
      lifeStage: lifeStage ?? null,
      division,
      except: except ?? [],
      takesCrises: takesCrises ?? false,
      greenChannel: greenChannel ?? false,
      limit: Math.max(1, Math.min(first ?? DEFAULT_NEXT, MAX_NEXT)),
    });
    return found.map((one) => ({ ...one, service: shown(one.service) }));
  },
};

function pagingOf({ first, after }: { first?: number | null | undefined; after?: string | null | undefined }) {
  return { first: pageSize(first), after: after ?? null };
}

function listed<T>({ items, next }: { items: readonly Found<T>[]; next: string | null }, after: string | null) {
  const page = connection(items, { more: next !== null, after }, ({ entry }) => shown(entry));
  // Of a walk that found little, where it goes on: behind what was looked through, not behind what was found.
  return { ...page, pageInfo: { ...page.pageInfo, endCursor: next ?? page.pageInfo.endCursor } };
}

const placeOf = (division: string | null | undefined) =>
  division == null ? EVERYWHERE : `in:${divisionPrefix(division)}`;

function fitsLocation({ division, organisation }: Location, filter: LocationFilter): boolean {
  return (
    (filter.level == null || levelOf(division) === filter.level) &&
    (filter.organisation == null || organisation === filter.organisation)
  );
}

/** The index that holds the least of what can fit; the rest is compared entry by entry. */
function narrowest({ organisation, responsibleFor, expert, need }: ProfessionalFilter) {
  if (organisation != null) return { index: 'byOrganisation', values: [organisation] } as const;
  if (responsibleFor != null) return { index: 'byArea', values: [placeOf(responsibleFor)] } as const;
  if (expert === true) return { index: 'experts', values: [need ?? '*'] } as const;
  return { index: 'all', values: ['*'] } as const;
}

function fitsProfessional(one: Professional, filter: ProfessionalFilter): boolean {
  const { expert, need, profession, language, responsibleFor, organisation } = filter;
  return (
    (expert == null || one.expert === expert) &&
    (need == null || one.needs.includes(need)) &&
    (profession == null || one.profession === profession) &&
    (organisation == null || one.organisation === organisation) &&
    (language == null || speaks(one, language)) &&
    (responsibleFor == null || one.responsibleFor.some((area) => isWithin(area, responsibleFor)))
  );
}
