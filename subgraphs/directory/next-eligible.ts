import type { Store } from '../../adapters/store/port.ts';
import { walk } from '../../adapters/store/walk.ts';
import { areaSteps, firstStep, type Reach } from './area.ts';
import { capacities, type StoredCapacity } from './capacity.ts';
import type { Audience, CapacityState, ServiceNeed } from './code-lists.ts';
import type { LifeStage } from '../shared/life-stage.ts';
import { mayReceive } from './organisation-kinds.ts';
import { organisations } from './organisation.ts';
import { type AgeBand, fitsAge, fitsLifeStage } from './service-fits.ts';
import { type Service, services, type StoredService } from './service.ts';

export interface Wanted {
  /** Any of these; usually what the service that rejected is for. */
  readonly needs: readonly ServiceNeed[];
  /** Of the person; an age is a band of one. `null` = not known. */
  readonly ages: AgeBand | null;
  readonly lifeStage?: LifeStage | null;
  /** Where the person is. */
  readonly division: string;
  /** Services that are out: the one that rejected, and those before it. */
  readonly except: readonly string[];
  /** Kinds that are out. */
  readonly exceptKinds?: readonly Service['kind'][];
  /** Whom the person is certainly not among: a service for these alone is out. */
  readonly notAmong?: readonly Audience[];
  readonly takesCrises?: boolean;
  readonly greenChannel?: boolean;
  readonly limit?: number;
}

/** A service that may be asked next, with everything that put it into its place. */
export interface EligibleService {
  readonly service: StoredService;
  readonly organisation: string;
  readonly reach: Reach;
  /** `null` = nobody has said. Never `FULL`. */
  readonly capacity: Exclude<CapacityState, 'FULL'> | null;
  readonly assuredDate: string | null;
  /** Those of the wanted needs that it is for. */
  readonly needs: readonly ServiceNeed[];
}

const DEFAULT_LIMIT = 5;
/** Read of one place at most; a place has some hundred. */
const MAX_OF_ONE_STEP = 1_000;
const BY_CAPACITY = ['OPEN', 'ASSESS_FIRST', 'WAITLIST', null] as const;

/**
 * The services to try next: for one of the needs, for the age and stage, of an organisation that may receive referrals,
 * not full. Ordered by nearness (within the division, above it, beside it), then by room, by how many of the needs they
 * serve, by how recently the room was assured, and by id. Reads only.
 */
export async function nextEligible(store: Store, wanted: Wanted): Promise<readonly EligibleService[]> {
  const { limit = DEFAULT_LIMIT } = wanted;
  const steps = areaSteps(wanted.division, { neighbours: true });
  const chosen: EligibleService[] = [];
  // What is farther never comes before what is nearer: so it is read only while there is room.
  for (let step = 0; step < steps.length && chosen.length < limit; step += 1) {
    const found = await foundAt(store, wanted, steps[step]?.value ?? '');
    const here = found.filter(({ data }) => firstStep(data.areas, steps) === step);
    const reach = steps[step]?.reach ?? 'OWN';
    const candidates = await withRoom(store, here, wanted);
    chosen.push(...candidates.map((one) => ({ ...one, reach })).toSorted(before));
  }
  return chosen.slice(0, limit);
}

/** Those that fit, found under one place, each once. */
async function foundAt(store: Store, wanted: Wanted, place: string): Promise<readonly StoredService[]> {
  const found = new Map<string, StoredService>();
  for (const need of new Set(wanted.needs)) {
    let read = 0;
    for await (const { id, version, data } of walk(store, services, { index: 'search', value: `${need}|${place}` })) {
      if (fits({ id, version, data }, wanted)) found.set(id, { id, version, data });
      read += 1;
      if (read === MAX_OF_ONE_STEP) break;
    }
  }
  return [...found.values()];
}

function fits({ id, data }: StoredService, wanted: Wanted): boolean {
  const { except, exceptKinds = [], notAmong = [], ages, lifeStage, takesCrises, greenChannel } = wanted;
  const { audiences } = data.eligibility;
  return (
    !except.includes(id) &&
    !exceptKinds.includes(data.kind) &&
    (audiences.length === 0 || audiences.some((one) => !notAmong.includes(one))) &&
    (ages === null || fitsAge(data, ages)) &&
    (lifeStage == null || fitsLifeStage(data, lifeStage)) &&
    (takesCrises !== true || data.takesCrises) &&
    (greenChannel !== true || data.greenChannel)
  );
}

async function withRoom(
  store: Store,
  found: readonly StoredService[],
  { needs }: Wanted,
): Promise<readonly Omit<EligibleService, 'reach'>[]> {
  const [rooms, keepers] = await Promise.all([
    store.loadMany(
      capacities,
      found.map(({ id }) => id),
    ),
    store.loadMany(
      organisations,
      found.map(({ data }) => data.organisation),
    ),
  ]);
  return found.flatMap((service, i) => {
    const keeper = keepers[i]?.data;
    if (!keeper || keeper.retiredAt !== null || !mayReceive(keeper.kind)) return [];
    const room = roomOf(rooms[i] ?? null);
    if (room === 'FULL') return [];
    const shared = service.data.needs.filter((need) => needs.includes(need));
    return [{ service, organisation: service.data.organisation, ...room, needs: shared }];
  });
}

function roomOf(stored: StoredCapacity | null): Pick<EligibleService, 'capacity' | 'assuredDate'> | 'FULL' {
  if (stored === null) return { capacity: null, assuredDate: null };
  const { state, assuredDate } = stored.data;
  return state === 'FULL' ? 'FULL' : { capacity: state, assuredDate };
}

function before(a: EligibleService, b: EligibleService): number {
  return (
    BY_CAPACITY.indexOf(a.capacity) - BY_CAPACITY.indexOf(b.capacity) ||
    b.needs.length - a.needs.length ||
    compare(b.assuredDate ?? '', a.assuredDate ?? '') ||
    compare(a.service.id, b.service.id)
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
