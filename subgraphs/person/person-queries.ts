import { GraphQLError } from 'graphql';
import type {
  QueryLinkConflictsArgs,
  QueryMatchPersonArgs,
  QueryPersonArgs,
  QueryPersonByLocalIdArgs,
  QueryPersonsArgs,
} from '../../schema/generated/api-types.ts';
import { openConflicts } from './open-conflicts.ts';
import type { PersonContext } from './person-context.ts';
import { matchPerson, visibleByLocalId } from './visible-persons.ts';

const MAX_PERSONS = 20;
const DEFAULT_CONFLICTS = 20;
const MAX_CONFLICTS = 100;

/** The hub offers no list of persons: each query takes what the caller already knows. */
export const personQueries = {
  person: (_root: unknown, { id }: QueryPersonArgs, { persons }: PersonContext) => persons.load(id),
  persons: async (_root: unknown, { ids }: QueryPersonsArgs, { persons }: PersonContext) => {
    if (ids.length > MAX_PERSONS) throw badInput(`persons takes at most ${MAX_PERSONS} ids at once.`);
    return Promise.all(ids.map((id) => persons.load(id)));
  },
  personByLocalId: async (_root: unknown, { localId }: QueryPersonByLocalIdArgs, { reads, request }: PersonContext) =>
    visibleByLocalId(reads, request, localId),
  matchPerson: async (_root: unknown, { idNumber }: QueryMatchPersonArgs, { reads, request }: PersonContext) => {
    const found = await matchPerson(reads, request, idNumber);
    if (found === 'LIMITED')
      throw new GraphQLError('Too many ID numbers were tried by this client; try again in a minute.', {
        extensions: { code: 'LIMIT_EXCEEDED', limit: 'matchPerson' },
      });
    return found;
  },
  linkConflicts: conflictsPage,
};

async function conflictsPage(
  _root: unknown,
  { first, after = null }: QueryLinkConflictsArgs,
  { reads, request }: PersonContext,
) {
  const page = await openConflicts(reads.store, request, {
    first: Math.min(first ?? DEFAULT_CONFLICTS, MAX_CONFLICTS),
    after,
  });
  const edges = page.items.map(({ id, cursor, data }) => ({ cursor, node: { id, ...data } }));
  return {
    edges,
    pageInfo: {
      hasNextPage: page.more,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
