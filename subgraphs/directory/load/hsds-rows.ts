import {
  address,
  areas,
  asObject,
  code,
  codes,
  contacts,
  costs,
  date,
  descriptions,
  evaluations,
  type FieldMap,
  languages,
  listOf,
  locationIds,
  phones,
  qualifications,
  renamed,
  same,
  type Source,
} from './hsds-fields.ts';
import { schedules } from './hsds-schedule.ts';
import { SERVICE_NEEDS } from '../code-lists.ts';
import type { FaultyRow, LoadedRow, LoadedRows, RowKind } from './loaded-row.ts';

/** HSDS 3 `organization` and, below the line, what the hub's profile adds. */
const ORGANISATION: FieldMap = {
  id: ['id', same],
  name: ['name', same],
  alternate_name: ['alternateName', same],
  description: ['description', same],
  email: ['email', same],
  website: ['website', same],
  phones: ['phones', phones],
  contacts: ['contacts', contacts],
  parent_organization_id: ['supervisor', same],
  // ——
  kind: ['kind', code],
  department: ['department', code],
  division: ['division', same],
  supervisor_id: ['supervisor', same],
  credit_code: ['creditCode', same],
  evaluations: ['evaluations', evaluations],
};
const SERVICE: FieldMap = {
  id: ['id', same],
  organization_id: ['organisation', same],
  name: ['name', same],
  alternate_name: ['alternateName', same],
  description: ['description', same],
  status: ['status', code],
  schedules: ['schedules', schedules],
  service_areas: ['areas', areas],
  service_at_locations: ['locations', locationIds],
  languages: ['languages', languages],
  cost_options: ['fees', costs],
  phones: ['phones', phones],
  contacts: ['contacts', contacts],
  application_process: ['applicationProcess', same],
  assured_date: ['assuredDate', date],
  // ——
  kind: ['kind', code],
  needs: ['needs', codes],
  takes_crises: ['takesCrises', same],
  green_channel: ['greenChannel', same],
};
const ELIGIBILITY: FieldMap = {
  minimum_age: ['minimumAge', same],
  maximum_age: ['maximumAge', same],
  eligibility_description: ['description', same],
  // ——
  life_stages: ['lifeStages', codes],
  audiences: ['audiences', codes],
};
const LOCATION: FieldMap = {
  id: ['id', same],
  organization_id: ['organisation', same],
  name: ['name', same],
  addresses: ['address', address],
  latitude: ['latitude', same],
  longitude: ['longitude', same],
  transportation: ['transportation', same],
  phones: ['phones', phones],
  accessibility: ['accessibility', descriptions],
  // ——
  kind: ['kind', code],
  division: ['division', same],
};
/** Not of HSDS: FHIR's Practitioner and PractitionerRole. */
const PROFESSIONAL: FieldMap = {
  id: ['id', same],
  organization_id: ['organisation', same],
  name: ['name', same],
  profession: ['profession', code],
  title: ['title', same],
  qualifications: ['qualifications', qualifications],
  needs: ['needs', codes],
  languages: ['languages', languages],
  responsible_for: ['responsibleFor', areas],
  expert: ['expert', same],
  phones: ['phones', phones],
};
const CAPACITY: FieldMap = {
  state: ['state', code],
  available: ['available', same],
  assured_date: ['assuredDate', date],
  updated: ['assuredDate', date],
  description: ['note', same],
};
/** Read otherwise than field by field. */
const STRUCTURE = new Set([
  'services',
  'locations',
  'professionals',
  'attributes',
  'capacity',
  'capacities',
  'organization_identifiers',
]);
const CREDIT_CODE_SCHEME = 'CN-USCC';

interface Collected {
  readonly rows: LoadedRow[];
  readonly faulty: FaultyRow[];
  readonly ignored: Set<string>;
}

/**
 * The rows of an HSDS 3 file: `{ organizations: […] }`, a page of HSDS (`{ contents: […] }`), a list or one
 * organisation, each with its services and locations; or lists of services and locations beside. `null` = none of these.
 */
export function hsdsRows(file: unknown): LoadedRows | null {
  const top = Array.isArray(file) ? { organizations: file } : asObject(file);
  if (top === null) return null;
  const isOne = typeof top['id'] === 'string';
  const found: Collected = { rows: [], faulty: [], ignored: new Set() };
  const lists: Source = isOne
    ? { organizations: [top] }
    : { ...top, organizations: top['organizations'] ?? top['contents'] };
  if (!['organizations', 'services', 'locations', 'professionals'].some((name) => Array.isArray(lists[name])))
    return null;
  listOf(lists['organizations']).forEach((item, i) => organisation(item, `organizations[${i}]`, found));
  belonging(lists, '', {}, found);
  return { rows: found.rows, faulty: found.faulty, ignored: [...found.ignored].toSorted() };
}

function organisation(item: unknown, place: string, found: Collected): void {
  const source = asObject(item);
  if (source === null) return void found.faulty.push({ place, kind: 'organisations', fault: 'NOT_AN_OBJECT' });
  note(source, ORGANISATION, 'organizations', found);
  found.rows.push({
    place,
    kind: 'organisations',
    fields: { ...creditCode(source), ...renamed(source, ORGANISATION) },
  });
  belonging(source, `${place}.`, { organisation: source['id'] }, found);
}

function creditCode(source: Source): Source {
  const found = listOf(source['organization_identifiers'])
    .map(asObject)
    .find((one) => one?.['identifier_scheme'] === CREDIT_CODE_SCHEME);
  return found == null ? {} : { creditCode: found['identifier'] };
}

/** Services, locations and professionals that stand in an organisation, or beside all. */
function belonging(source: Source, prefix: string, keeper: Source, found: Collected): void {
  const add = (list: string, kind: RowKind, fieldsOf: (one: Source, place: string) => Source) =>
    listOf(source[list]).forEach((item, i) => {
      const place = `${prefix}${list}[${i}]`;
      const one = asObject(item);
      if (one === null) return void found.faulty.push({ place, kind, fault: 'NOT_AN_OBJECT' });
      found.rows.push({ place, kind, fields: { ...keeper, ...fieldsOf(one, place) } });
    });
  add('locations', 'locations', (one) => {
    note(one, LOCATION, 'locations', found);
    return renamed(one, LOCATION);
  });
  add('professionals', 'professionals', (one) => {
    note(one, PROFESSIONAL, 'professionals', found);
    return renamed(one, PROFESSIONAL);
  });
  add('services', 'services', (one, place) => {
    note(one, { ...SERVICE, ...ELIGIBILITY }, 'services', found);
    capacity(one, place, found);
    return { needs: needsOf(one), ...renamed(one, SERVICE), eligibility: renamed(one, ELIGIBILITY) };
  });
}

/** HSDS says what a service is for by terms of a taxonomy: those that are needs of the directory. */
function needsOf(source: Source): readonly unknown[] {
  const terms = listOf(source['attributes']).map((one) => asObject(asObject(one)?.['taxonomy_term'])?.['code']);
  return terms.map(code).filter((term) => SERVICE_NEEDS.some((need) => need === term));
}

/** `capacity` of the profile, or HSDS 3.1 `capacities`: places left = open, none = full. */
function capacity(source: Source, place: string, found: Collected): void {
  const given = asObject(source['capacity']) ?? asObject(listOf(source['capacities'])[0]);
  if (given === null) return;
  const { available } = given;
  const state = typeof available === 'number' ? { state: available > 0 ? 'OPEN' : 'FULL' } : {};
  found.rows.push({
    place: `${place}.capacity`,
    kind: 'capacities',
    fields: { id: source['id'], ...state, ...renamed(given, CAPACITY) },
  });
}

function note(source: Source, map: FieldMap, name: string, { ignored }: Collected): void {
  for (const field of Object.keys(source))
    if (!Object.hasOwn(map, field) && !STRUCTURE.has(field)) ignored.add(`${name}[].${field}`);
}
