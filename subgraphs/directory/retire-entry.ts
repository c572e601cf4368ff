import type { Store, Stored } from '../../adapters/store/port.ts';
import { changeEntry, type ChangeServices, type EntryOutcome, type Judgement } from './change-entry.ts';
import type { Entry } from './entry.ts';
import type { Rules } from './entry-rules.ts';
import { locations } from './location.ts';
import { standingOf } from './may-maintain.ts';
import { organisations } from './organisation.ts';
import { professionals } from './professional.ts';
import { type Refusal, refusal } from './refusal.ts';
import { services } from './service.ts';
import type { EntryKind, UpsertInput } from './upsert-entry.ts';

/** Retires an entry: it is in no list any more, and stays there by id, since referrals of the past name it. */
export async function retireEntry<Fields, T extends Fields & Entry>(
  kind: EntryKind<Fields, T>,
  { id, idempotencyKey, expectedVersion }: UpsertInput,
  { services: changing, rules }: { services: ChangeServices; rules: Rules },
): Promise<EntryOutcome<T>> {
  return changeEntry<T, T>(changing, {
    collection: kind.collection,
    id,
    idempotencyKey,
    expectedVersion,
    input: null,
    type: `DIRECTORY_${kind.type}_RETIRED`,
    dataOf: (fields, envelope) => ({ ...fields, ...envelope }),
    judge: async (present): Promise<Judgement<T>> => {
      if (present === null) return { refusals: [refusal('NOT_FOUND', 'id')] };
      const refusals = await refusalsOf(kind.type, { id, present, rules });
      return refusals.length > 0 ? { refusals } : { fields: present.data, retired: true };
    },
  });
}

async function refusalsOf<T>(
  type: EntryKind<unknown, Entry>['type'],
  { id, present, rules }: { id: string; present: Stored<T>; rules: Rules },
): Promise<readonly Refusal[]> {
  const { store, caller } = rules;
  const keeper =
    type === 'ORGANISATION' ? id : String((present.data as { readonly organisation?: unknown }).organisation);
  const organisation = await store.load(organisations, keeper);
  if (organisation === null) return [refusal('NOT_FOUND', 'id')];
  const standing = caller === null ? 'OFFICE' : standingOf(caller, { ...organisation.data, id: keeper });
  // A party does not take itself out of the directory: referrals under way would lose their addressee.
  if (standing === null || (type === 'ORGANISATION' && standing === 'SELF')) return [refusal('NOT_YOURS', 'id')];
  return type === 'ORGANISATION' && (await hasEntries(store, id)) ? [refusal('HAS_ENTRIES', 'id')] : [];
}

async function hasEntries(store: Store, organisation: string): Promise<boolean> {
  const request = { index: 'byOrganisation', value: organisation, first: 1 } as const;
  const pages = await Promise.all([
    store.page(services, request),
    store.page(locations, request),
    store.page(professionals, request),
  ]);
  return pages.some(({ items }) => items.length > 0);
}
