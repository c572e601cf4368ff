import type { z } from 'zod';
import type { Collection, Stored } from '../../adapters/store/port.ts';
import { changeEntry, type ChangeServices, type EntryOutcome, type Judgement } from './change-entry.ts';
import type { Entry } from './entry.ts';
import { entryId } from './entry-texts.ts';
import {
  organisationRefusals,
  organisationWarnings,
  type Owned,
  ownedRefusals,
  professionalWarnings,
  type Rules,
} from './entry-rules.ts';
import { type Location, type LocationFields, locationFields, locations } from './location.ts';
import { type Organisation, type OrganisationFields, organisationFields, organisations } from './organisation.ts';
import { type Professional, type ProfessionalFields, professionalFields, professionals } from './professional.ts';
import { type Refusal, refusal, type Warning } from './refusal.ts';
import { type Service, type ServiceFields, serviceFields, services } from './service.ts';
import { tidy } from './tidy.ts';

/** What a caller, or a row of a file, says of an entry: `id`, `expectedVersion`, `idempotencyKey` and the fields. */
export interface UpsertInput {
  readonly id: string;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}

/** One kind of entry: how it is checked and where it is kept. */
export interface EntryKind<Fields, T extends Fields & Entry> {
  readonly type: 'ORGANISATION' | 'SERVICE' | 'LOCATION' | 'PROFESSIONAL';
  readonly collection: Collection<T>;
  readonly fields: z.ZodType<Fields>;
  readonly dataOf: (fields: Fields, envelope: Entry) => T;
  readonly refusals: (
    rules: Rules,
    entry: { id: string; present: Stored<T> | null; fields: Fields },
  ) => Promise<readonly Refusal[]>;
  readonly warnings: (fields: Fields, at: number) => readonly Warning[];
}

const owned = async <Fields extends Owned>(
  rules: Rules,
  { present, fields }: { present: Stored<Fields & Entry> | null; fields: Fields },
) => ownedRefusals(rules, { present: present?.data ?? null, fields });

export const organisationKind: EntryKind<OrganisationFields, Organisation> = {
  type: 'ORGANISATION',
  collection: organisations,
  fields: organisationFields,
  dataOf: (fields, envelope) => ({ ...fields, ...envelope }),
  refusals: organisationRefusals,
  warnings: organisationWarnings,
};
export const serviceKind: EntryKind<ServiceFields, Service> = {
  type: 'SERVICE',
  collection: services,
  fields: serviceFields,
  dataOf: (fields, envelope) => ({ ...fields, ...envelope }),
  refusals: owned,
  warnings: () => [],
};
export const locationKind: EntryKind<LocationFields, Location> = {
  type: 'LOCATION',
  collection: locations,
  fields: locationFields,
  dataOf: (fields, envelope) => ({ ...fields, ...envelope }),
  refusals: owned,
  warnings: () => [],
};
export const professionalKind: EntryKind<ProfessionalFields, Professional> = {
  type: 'PROFESSIONAL',
  collection: professionals,
  fields: professionalFields,
  dataOf: (fields, envelope) => ({ ...fields, ...envelope }),
  refusals: owned,
  warnings: professionalWarnings,
};

/** The fields as they will be kept, or every field that is wrong. */
export function checkFields<Fields>(
  { fields: schema }: Pick<EntryKind<Fields, Fields & Entry>, 'fields'>,
  { id, ...given }: { readonly id: string },
): { readonly fields: Fields } | { readonly refusals: readonly Refusal[] } {
  const parsed = schema.safeParse(tidy(given));
  const refusals = [
    ...(entryId.safeParse(id).success ? [] : [refusal('INVALID', 'id')]),
    ...[...new Map((parsed.error?.issues ?? []).map(({ path }) => [path.join('.'), path])).values()].map((path) =>
      refusal('INVALID', ...path.map(String)),
    ),
  ];
  return parsed.success && refusals.length === 0 ? { fields: parsed.data } : { refusals };
}

/** Enters an entry, or replaces it whole. */
export async function upsertEntry<Fields, T extends Fields & Entry>(
  kind: EntryKind<Fields, T>,
  input: UpsertInput,
  { services: changing, rules }: { services: ChangeServices; rules: Rules },
): Promise<EntryOutcome<T>> {
  const { idempotencyKey, expectedVersion, ...given } = input;
  const checked = checkFields(kind, given);
  if ('refusals' in checked) return { entry: null, refusals: checked.refusals, warnings: [] };
  const { fields } = checked;
  return changeEntry(changing, {
    collection: kind.collection,
    id: input.id,
    idempotencyKey,
    expectedVersion,
    input: fields,
    type: `DIRECTORY_${kind.type}_ENTERED`,
    dataOf: kind.dataOf,
    judge: async (present): Promise<Judgement<Fields>> => {
      const refusals = await kind.refusals(rules, { id: input.id, present, fields });
      return refusals.length > 0 ? { refusals } : { fields, warnings: kind.warnings(fields, rules.now()) };
    },
  });
}
