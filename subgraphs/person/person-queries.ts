import { GraphQLError } from 'graphql';
import type {
  QueryLinkConflictsArgs,
  QueryMatchPersonArgs,
  QueryPersonArgs,
  QueryPersonByLocalIdArgs,
  QueryPersonsArgs,
} from '../../schema/generated/api-types.ts';
import { connection, pageSize } from '../shared/connection.ts';
import { openConflicts } from './open-conflicts.ts';
import { MAX_PERSONS } from './asked-persons.ts';
import type { RootField } from '../shared/root-field.ts';
import type { PersonContext } from './person-context.ts';
import { tooManyIdNumbers } from './too-many-id-numbers.ts';
import { matchPerson, visibleByLocalId } from './visible-persons.ts';

const MAX_CONFLICTS = 100;

/** The hub offers no list of persons: each query takes what the caller already knows. */
export const personQueries = {
  person: (_root: unknown, { id }: QueryPersonArgs, { persons, asked }: PersonContext) => {
    asked('id', id);
    return persons.load(id);
  },
  persons: async (_root: unknown, { ids }: QueryPersonsArgs, { persons, asked }: PersonContext) => {
    if (ids.length > MAX_PERSONS) throw badInput(`persons takes at most ${MAX_PERSONS} ids at once.`);
    asked('id', ...ids);
    return Promise.all(ids.map((id) => persons.load(id)));
  },
  personByLocalId: async (_root: unknown, { localId }: QueryPersonByLocalIdArgs, context: PersonContext) => {
    context.asked('localId', localId);
    return visibleByLocalId(context.reads, context.deciding, localId);
  },
  matchPerson: async (
    _root: unknown,
    { idNumber }: QueryMatchPersonArgs,
    { reads, deciding, asked }: PersonContext,
  ) => {
    asked('idNumber', idNumber);
    const found = await matchPerson(reads, deciding, idNumber);
    if (found === 'LIMITED') throw tooManyIdNumbers();
    return found;
  },
  linkConflicts: conflictsPage,
};

async function conflictsPage(
  _root: unknown,
  { first, after = null }: QueryLinkConflictsArgs,
  { reads, request, decisions }: PersonContext,
  root: RootField,
) {
  const page = await openConflicts(reads.store, request, {
    first: pageSize(first, { most: MAX_CONFLICTS }),
    after,
  });
  for (const { data } of page.items) for (const id of data.personIds) decisions.noteMatter(id, root);
  return connection(page.items, { more: page.more, after }, ({ id, data }) => ({ id, ...data }));
}

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
