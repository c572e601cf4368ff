import { hash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { badRequest } from './bad-request.ts';
import type { RequestParameters } from './request-parameters.ts';

/** Bounded by text: what callers register stays in memory. */
const MAX_CHARACTERS = 1_000_000;

const persistedQuery = z.object({ version: z.literal(1), sha256Hash: z.string().regex(/^[0-9a-f]{64}$/) });

export interface PersistedQueries {
  /**
   * The query that a request means: its own text, or one that the same client registered before. Throws what is answered
   * with an error: a hash that is not the text's, or that nobody registered.
   */
  queryOf(parameters: Pick<RequestParameters, 'query' | 'extensions'>, client: string | null): string;
  /** Keeps the text of a request that asked for it. Only for what is valid and within the limits. */
  accept(parameters: Pick<RequestParameters, 'query' | 'extensions'>, client: string | null): void;
}

/**
 * Automatic persisted queries, as Apollo's clients send them: the hash alone first, the text with it once it is not known.
 * Each client has its own: else a hash would tell one department what another has asked, an ID number in the text included.
 */
export function persistedQueries({
  maxCharacters = MAX_CHARACTERS,
}: { maxCharacters?: number } = {}): PersistedQueries {
  const registered = new LRUCache<string, string>({
    maxSize: maxCharacters,
    sizeCalculation: (query, key) => query.length + key.length,
  });
  return {
    queryOf({ query, extensions }, client) {
      if (extensions.persistedQuery === undefined) return query ?? '';
      const { sha256Hash } = askedFor(extensions.persistedQuery);
      if (query === null) {
        const known = registered.get(keyOf(client, sha256Hash));
        if (known === undefined) throw notFound();
        return known;
      }
      if (hash('sha256', query, 'hex') !== sha256Hash)
        throw badRequest('extensions.persistedQuery.sha256Hash is not the SHA-256 of the query.');
      return query;
    },
    accept({ query, extensions }, client) {
      if (query === null || extensions.persistedQuery === undefined) return;
      registered.set(keyOf(client, askedFor(extensions.persistedQuery).sha256Hash), query);
    },
  };
}

const keyOf = (client: string | null, sha256Hash: string) => `${sha256Hash} ${client ?? ''}`;

function askedFor(extension: unknown): z.infer<typeof persistedQuery> {
  const { success, data } = persistedQuery.safeParse(extension);
  if (success) return data;
  throw badRequest('extensions.persistedQuery needs version 1 and sha256Hash, 64 hexadecimal digits in lower case.');
}

/** Clients know it by this message or this code, and send the text then. */
function notFound(): GraphQLError {
  return new GraphQLError('PersistedQueryNotFound', {
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', http: { status: 400 } },
  });
}
