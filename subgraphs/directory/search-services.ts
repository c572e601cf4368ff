import type { Store } from '../../adapters/store/port.ts';
import type { ServiceFilter } from '../../schema/generated/api-types.ts';
import { areaSteps, type AreaStep, firstStep, type Reach } from './area.ts';
import { capacities } from './capacity.ts';
import { type Found, searchPage } from './search-page.ts';
import { fitsAge, fitsLifeStage, isFreeAt, speaks } from './service-fits.ts';
import { type Service, services, type StoredService } from './service.ts';

interface SearchOptions {
  readonly first: number;
  readonly after: string | null;
  /** Milliseconds since the epoch: what "now" is. */
  readonly now: number;
}

/** Services that serve, nearest first; `reach` says how each stands to the division that was asked for. */
export async function searchServices(
  store: Store,
  filter: ServiceFilter,
  options: SearchOptions,
): Promise<{ items: readonly (Found<Service> & { readonly reach: Reach })[]; next: string | null }> {
  const { first, after, now } = options;
  const steps = areaSteps(filter.division ?? null, { neighbours: filter.neighbours ?? false });
  const { items, next } = await searchPage(store, {
    collection: services,
    index: 'search',
    values: steps.map(({ value }) => `${filter.need ?? '*'}|${value}`),
    accepts: async (found, step) => accepted(store, found, { filter, steps, step, now }),
    first,
    after,
  });
  return { items: items.map((item) => ({ ...item, reach: steps[item.step]?.reach ?? 'OWN' })), next };
}

interface Judging {
  readonly filter: ServiceFilter;
  readonly steps: readonly AreaStep[];
  readonly step: number;
  readonly now: number;
}

async function accepted(store: Store, found: readonly StoredService[], judging: Judging): Promise<readonly boolean[]> {
  const fits = found.map(
    ({ data }) => firstStep(data.areas, judging.steps) === judging.step && fitsFilter(data, judging),
  );
  const { freeNow, capacity } = judging.filter;
  if (freeNow !== true && capacity == null) return fits;
  const ids = found.map(({ id }) => id);
  const rooms = await store.loadMany(capacities, ids);
  return found.map(({ data }, i) => {
    const room = rooms[i]?.data ?? null;
    return (
      fits[i] === true &&
      (freeNow !== true || isFreeAt(data, room, judging.now)) &&
      (capacity == null || capacity.some((state) => state === room?.state))
    );
  });
}

function fitsFilter(service: Service, { filter }: Judging): boolean {
  const { age, lifeStage, language, kind, audience, organisation, takesCrises, greenChannel } = filter;
  return (
    (age == null || fitsAge(service, { from: age, to: age })) &&
    (lifeStage == null || fitsLifeStage(service, lifeStage)) &&
    (language == null || speaks(service, language)) &&
    (kind == null || service.kind === kind) &&
    (audience == null || service.eligibility.audiences.includes(audience)) &&
    (organisation == null || service.organisation === organisation) &&
    (takesCrises == null || service.takesCrises === takesCrises) &&
    (greenChannel == null || service.greenChannel === greenChannel)
  );
}
