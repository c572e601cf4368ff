import { GraphQLError } from 'graphql';
import { parseOrganisationCode } from '../../adapters/shared/organisation-code.ts';
import type { Collection, Store } from '../../adapters/store/port.ts';
import { type DirectoryContext, type Shown, shown } from './directory-context.ts';
import { shiftsBetween } from './duty-roster.ts';
import { levelOf, type Location, locations } from './location.ts';
import { mayReceive } from './organisation-kinds.ts';
import type { Organisation } from './organisation.ts';
import { isExpired, type Professional, professionals } from './professional.ts';
import { isOpen } from './schedule.ts';
import { type Service, services } from './service.ts';

const MAX_LISTED = 100;
const MAX_ROSTER_MS = 31 * 86_400_000;

/** The fields that are more than a value of the entry. */
export const directoryTypes = {
  Organisation: {
    supervisor: ({ supervisor }: Shown<Organisation>, _: unknown, context: DirectoryContext) =>
      supervisor === null ? null : context.organisations.load(supervisor),
    creditCodeValid: ({ creditCode }: Shown<Organisation>) =>
      creditCode === null ? null : (parseOrganisationCode(creditCode)?.checkDigitValid ?? false),
    receivesReferrals: ({ kind }: Shown<Organisation>) => mayReceive(kind),
    services: ({ id }: Shown<Organisation>, _: unknown, { store }: DirectoryContext) =>
      ofOrganisation(store, services, id),
    locations: ({ id }: Shown<Organisation>, _: unknown, { store }: DirectoryContext) =>
      ofOrganisation(store, locations, id),
    professionals: ({ id }: Shown<Organisation>, _: unknown, { store }: DirectoryContext) =>
      ofOrganisation(store, professionals, id),
  },
  Service: {
    organisation: keeper,
    locations: async ({ locations: ids }: Shown<Service>, _: unknown, context: DirectoryContext) =>
      present(await context.locations.loadMany(ids)),
    openNow: ({ schedules }: Shown<Service>, _: unknown, { now }: DirectoryContext) => isOpen(schedules, now()),
    capacity: async ({ id }: Shown<Service>, _: unknown, context: DirectoryContext) => context.capacities.load(id),
    dutyRoster: async (
      { id }: Shown<Service>,
      { from, to }: { from: string; to: string },
      context: DirectoryContext,
    ) => {
      const [begin, end] = [Date.parse(from), Date.parse(to)];
      if (end <= begin || end - begin > MAX_ROSTER_MS)
        throw new GraphQLError('A roster covers at most 31 days, and "from" comes before "to".', {
          extensions: { code: 'BAD_USER_INPUT' },
        });
      const roster = await context.rosters.load(id);
      return roster === null ? [] : shiftsBetween(roster, { from: iso(begin), to: iso(end) });
    },
    onDuty: async ({ id }: Shown<Service>, _: unknown, context: DirectoryContext) => {
      const roster = await context.rosters.load(id);
      if (roster === null) return [];
      const at = context.now();
      const shifts = shiftsBetween(roster, { from: iso(at), to: iso(at + 1) });
      return present(
        await context.professionals.loadMany([...new Set(shifts.map(({ professional }) => professional))]),
      );
    },
  },
  DutyShift: {
    professional: async ({ professional }: { professional: string }, _: unknown, context: DirectoryContext) =>
      context.professionals.load(professional),
  },
  Location: {
    organisation: keeper,
    level: ({ division }: Shown<Location>) => levelOf(division),
  },
  Professional: { organisation: keeper },
  Qualification: {
    expired: ({ expiresOn }: Professional['qualifications'][number], _: unknown, { now }: DirectoryContext) =>
      isExpired(expiresOn, now()),
  },
};

const iso = (at: number) => new Date(at).toISOString();

async function keeper({ organisation }: { organisation: string }, _: unknown, context: DirectoryContext) {
  return context.organisations.load(organisation);
}

function present<T>(entries: readonly (T | Error | null)[]): readonly T[] {
  return entries.flatMap((entry) => {
    if (entry instanceof Error) throw entry;
    return entry === null ? [] : [entry];
  });
}

async function ofOrganisation<T>(store: Store, collection: Collection<T, 'byOrganisation'>, id: string) {
  const { items } = await store.page(collection, { index: 'byOrganisation', value: id, first: MAX_LISTED });
  return items.map(shown);
}
