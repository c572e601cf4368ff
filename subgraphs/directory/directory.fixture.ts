/** The directory of the made-up district in a store in memory, and its subgraph to ask. Test support. */
import { openSqliteStore } from '../../adapters/store/sqlite/sqlite-store.ts';
import type { Store } from '../../adapters/store/port.ts';
import { directorySeed } from '../../e2e/harness/directory-seed/directory-seed.ts';
import { createWorld } from '../../e2e/systems/world/world.ts';
import type { Caller } from '../shared/caller.ts';
import { directorySubgraph } from './directory-subgraph.ts';
import { directorySeedSchema, seedDirectory } from './seed/seed-directory.ts';

/** A Friday, 10 o'clock in China. */
export const NOW = Date.parse('2026-11-20T10:00:00+08:00');

const SEED = directorySeedSchema.parse(directorySeed(createWorld(), { whole: false, today: '2026-11-20' }));

export async function seededStore(): Promise<Store> {
  const store = openSqliteStore({ file: ':memory:' });
  await seedDirectory(SEED, { store, now: () => NOW });
  return store;
}

/** Somebody with a token and no scopes at all. */
const NOBODY: Caller = {
  subject: 'somebody',
  client: 'a-client',
  organisation: null,
  department: null,
  division: null,
  roles: [],
  scopes: [],
  purposes: ['CARE'],
  personId: null,
};

export interface Answer {
  // Each test names the shape that it expects.
  readonly data: any; // oxlint-disable-line typescript/no-explicit-any
  readonly errors: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
}

export type Ask = (query: string, variables?: object, caller?: Partial<Caller>) => Promise<Answer>;

/** Asks the directory's subgraph as this caller. */
export function asking(store: Store, { now = () => NOW }: { now?: () => number } = {}): Ask {
  const subgraph = directorySubgraph({ store: () => store }, { now });
  return async (query, variables = {}, caller = {}) => {
    const { data, errors } = await subgraph.execute(
      { query, variables: { ...variables } },
      {
        requestId: 'request',
        purpose: 'CARE',
        signal: new AbortController().signal,
        caller: { ...NOBODY, ...caller },
      },
    );
    return {
      data: JSON.parse(JSON.stringify(data ?? null)),
      errors: (errors ?? []).map(({ message, extensions }) => ({ message, extensions })),
    };
  };
}
