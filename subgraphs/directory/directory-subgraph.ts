import { departmentsOf, readDeployment } from '../../schema/departments.ts';
import type { Store } from '../../adapters/store/port.ts';
import { executableSubgraph } from '../shared/executable-subgraph.ts';
import { subgraphSdl } from '../shared/subgraph-sdl.ts';
import type { Subgraph, SubgraphServices } from '../shared/subgraph.ts';
import { directoryContext, type DirectoryContext } from './directory-context.ts';
import { directoryMutations } from './directory-mutations.ts';
import { directoryQueries } from './directory-queries.ts';
import { directoryTypes } from './directory-types.ts';
import { organisations } from './organisation.ts';

const READY_CHECK = 'not-an-organisation';

/** Organisations and services of the district, for whoever holds a token; kept by the departments. */
export function directorySubgraph(
  { store: storeOf }: Pick<SubgraphServices, 'store'>,
  { now = Date.now }: { now?: () => number } = {},
): Subgraph {
  const store: Store = storeOf();
  const departments = new Set(departmentsOf(readDeployment()).map(({ code }) => code));
  return {
    name: 'directory',
    ...executableSubgraph<DirectoryContext>({
      sdl: subgraphSdl('directory'),
      resolvers: { Query: directoryQueries, Mutation: directoryMutations, ...directoryTypes },
      entities: {
        Organisation: async (asked, { organisations: known }) =>
          Promise.all(asked.map(({ id }) => known.load(String(id)))),
        Service: async (asked, { services }) => Promise.all(asked.map(({ id }) => services.load(String(id)))),
        Location: async (asked, { locations }) => Promise.all(asked.map(({ id }) => locations.load(String(id)))),
        Professional: async (asked, { professionals }) =>
          Promise.all(asked.map(({ id }) => professionals.load(String(id)))),
      },
      contextFor: (request) => directoryContext(request, { store, now, departments }),
    }),
    probe: async () => void (await store.load(organisations, READY_CHECK)),
    close: async () => {},
  };
}
