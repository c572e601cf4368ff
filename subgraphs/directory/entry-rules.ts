import { isWithin } from '../../adapters/shared/division.ts';
import { parseOrganisationCode } from '../../adapters/shared/organisation-code.ts';
import type { Store } from '../../adapters/store/port.ts';
import type { Caller } from '../shared/caller.ts';
import { type LocationFields, locations } from './location.ts';
import { standingOf } from './may-maintain.ts';
import { mayHaveDepartment } from './organisation-kinds.ts';
import { type OrganisationFields, organisations, type StoredOrganisation } from './organisation.ts';
import { isExpired, type ProfessionalFields } from './professional.ts';
import { type Refusal, refusal, type Warning } from './refusal.ts';
import type { ServiceFields } from './service.ts';

/** Who changes an entry, and what is asked of it. `caller: null` = the operator, who may maintain everything. */
export interface Rules {
  readonly store: Store;
  readonly caller: Caller | null;
  readonly departments: ReadonlySet<string>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Kind, department, division and supervisor of a party are not its own to say: they decide who acts for it and whom it may write to. */
const FIXED = ['kind', 'department', 'division', 'supervisor'] as const;

/** May this organisation's entry become so? Everything that speaks against it. */
export async function organisationRefusals(
  { store, caller, departments }: Rules,
  { id, present, fields }: { id: string; present: StoredOrganisation | null; fields: OrganisationFields },
): Promise<readonly Refusal[]> {
  if (caller !== null) {
    const standing = standingOf(caller, { id, ...(present?.data ?? fields) });
    if (standing === null || standingOf(caller, { id, ...fields }) === null) return [refusal('NOT_YOURS', 'id')];
    if (standing === 'SELF') {
      if (present === null) return [refusal('NOT_YOURS', 'id')];
      const changed = FIXED.filter((field) => present.data[field] !== fields[field]);
      if (changed.length > 0) return changed.map((field) => refusal('KIND_FIXED', field));
    }
  }
  const { department, kind, supervisor } = fields;
  return [
    ...(department !== null && !departments.has(department) ? [refusal('INVALID', 'department')] : []),
    ...(department !== null && !mayHaveDepartment(kind) ? [refusal('INVALID', 'department')] : []),
    ...(supervisor === id ? [refusal('INVALID', 'supervisor')] : await missing(store, supervisor, 'supervisor')),
  ];
}

export function organisationWarnings({ creditCode, supervisor }: OrganisationFields): readonly Warning[] {
  const checked = creditCode === null ? null : parseOrganisationCode(creditCode);
  return [
    ...(checked?.checkDigitValid === false ? [{ code: 'CREDIT_CODE_CHECK_DIGIT' as const, path: ['creditCode'] }] : []),
    ...(supervisor === null ? [{ code: 'NO_SUPERVISOR' as const, path: ['supervisor'] }] : []),
  ];
}

/** What an organisation has in the directory. */
export type Owned = ServiceFields | LocationFields | ProfessionalFields;

/** May an entry of an organisation become so? The organisation that has it now and the one that will must both be the caller's. */
export async function ownedRefusals(
  { store, caller }: Rules,
  { present, fields }: { present: { readonly organisation: string } | null; fields: Owned },
): Promise<readonly Refusal[]> {
  const [after, before] = await store.loadMany(organisations, [
    fields.organisation,
    present?.organisation ?? fields.organisation,
  ]);
  if (!after || after.data.retiredAt !== null) return [refusal('UNKNOWN_REFERENCE', 'organisation')];
  if (caller !== null)
    for (const kept of [after, before])
      if (kept != null && standingOf(caller, { ...kept.data, id: kept.id }) === null)
        return [refusal('NOT_YOURS', 'organisation')];
  return [...outside(caller, fields), ...(await missingLocations(store, fields))];
}

/** What it serves and where it stands lies within the caller's division. */
function outside(caller: Caller | null, fields: Owned): readonly Refusal[] {
  if (caller === null) return [];
  const within = (code: string) => caller.division !== null && isWithin(code, caller.division);
  const named = (field: string, codes: readonly string[]) =>
    codes.flatMap((code, i) => (within(code) ? [] : [refusal('NOT_YOURS', field, String(i))]));
  if ('areas' in fields) return named('areas', fields.areas);
  if ('responsibleFor' in fields) return named('responsibleFor', fields.responsibleFor);
  return within(fields.division) ? [] : [refusal('NOT_YOURS', 'division')];
}

async function missingLocations(store: Store, fields: Owned): Promise<readonly Refusal[]> {
  if (!('areas' in fields)) return [];
  const found = await store.loadMany(locations, fields.locations);
  return found.flatMap((place, i) =>
    place === null || place.data.retiredAt !== null ? [refusal('UNKNOWN_REFERENCE', 'locations', String(i))] : [],
  );
}

async function missing(store: Store, id: string | null, field: string): Promise<readonly Refusal[]> {
  if (id === null) return [];
  const found = await store.load(organisations, id);
  return found === null || found.data.retiredAt !== null ? [refusal('UNKNOWN_REFERENCE', field)] : [];
}

export function professionalWarnings({ qualifications }: ProfessionalFields, at: number): readonly Warning[] {
  return qualifications.flatMap(({ expiresOn }, i) =>
    isExpired(expiresOn, at)
      ? [{ code: 'QUALIFICATION_EXPIRED' as const, path: ['qualifications', String(i), 'expiresOn'] }]
      : [],
  );
}
