import DataLoader from 'dataloader';
import type { Collection, Store, Stored } from '../../adapters/store/port.ts';
import type { HubRequest } from '../shared/hub-request.ts';
import { capacities, type Capacity } from './capacity.ts';
import { type DutyRoster, dutyRosters } from './duty-roster.ts';
import { type Location, locations } from './location.ts';
import { type Organisation, organisations } from './organisation.ts';
import { type Professional, professionals } from './professional.ts';
import { type Service, services } from './service.ts';

/** An entry as resolvers see it. */
export type Shown<T> = T & { readonly id: string; readonly version: number };

type Loader<T> = DataLoader<string, Shown<T> | null>;

/** What every resolver of the directory gets. */
export interface DirectoryContext {
  readonly request: HubRequest;
  readonly store: Store;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Values of the enum `Department`. */
  readonly departments: ReadonlySet<string>;
  readonly organisations: Loader<Organisation>;
  readonly services: Loader<Service>;
  readonly locations: Loader<Location>;
  readonly professionals: Loader<Professional>;
  readonly capacities: Loader<Capacity>;
  readonly rosters: Loader<DutyRoster>;
}

export function directoryContext(
  request: HubRequest,
  { store, now, departments }: Pick<DirectoryContext, 'store' | 'now' | 'departments'>,
): DirectoryContext {
  return {
    request,
    store,
    now,
    departments,
    organisations: loaderOf(store, organisations),
    services: loaderOf(store, services),
    locations: loaderOf(store, locations),
    professionals: loaderOf(store, professionals),
    capacities: loaderOf(store, capacities),
    rosters: loaderOf(store, dutyRosters),
  };
}

export function shown<T>({ id, version, data }: Stored<T>): Shown<T> {
  return { ...data, id, version };
}

function loaderOf<T>(store: Store, collection: Collection<T>): Loader<T> {
  return new DataLoader(async (ids) => {
    const found = await store.loadMany(collection, ids);
    return found.map((stored) => (stored === null ? null : shown(stored)));
  });
}
