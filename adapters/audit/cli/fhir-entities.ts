import type { AuditedPerson, ChangeRecord, RequestRecord } from '../port.ts';
import { coding, fhirString, identified } from './fhir-coding.ts';

const OBJECT = coding('entityType', '2', 'System Object');

export function patientEntity(id: string) {
  return {
    what: identified('person', id, 'Patient'),
    type: coding('entityType', '1', 'Person'),
    role: coding('entityRole', '1', 'Patient'),
  };
}

/**
 * BALP's entity `transaction`: the id that the hub gave the request, by which records, changes and its log belong together.
 * BALP has one code for such an id.
 */
export function transactionEntity(requestId: string) {
  return { what: identified('request', requestId), type: coding('balpEntity', 'XrequestId') };
}

/**
 * BALP's entity `query`. The request as it was sent is not in the log, since its variables name persons; in its place
 * stands what the log has, the kind, name and hash of the operation.
 */
export function queryEntity({ type, name, hash }: NonNullable<RequestRecord['operation']>) {
  const description = name === null ? type : `${type} ${name}`;
  return {
    type: OBJECT,
    role: coding('entityRole', '24', 'Query'),
    description,
    query: Buffer.from(`${description} sha256:${hash}`).toString('base64'),
  };
}

/** BALP's entity `data` of a change: the document in the version that the change made. */
export function documentEntity({ collection, document, version, change }: ChangeRecord) {
  return {
    what: identified('document', `${collection}/${document}/${version}`),
    type: OBJECT,
    role: coding('entityRole', '4', 'Domain Resource'),
    ...details([['change', change]]),
  };
}

/** Records that left the audit log, as DICOM PS3.15 A.5.3.2 names an audit log. */
export function logEntity(log: string, facts: readonly Detail[]) {
  return {
    what: identified('log', log),
    type: OBJECT,
    role: coding('entityRole', '13', 'Security Resource'),
    ...details(facts),
  };
}

/** What the answer shows and why it may: none of BALP's entities, and by its type never taken for one. */
export function shownEntities(record: RequestRecord, person: AuditedPerson | null) {
  const facts = [...(person === null ? others(record) : shown(record, person)), ...marks(record)];
  return facts.length === 0 ? [] : [factsEntity(facts)];
}

export function factsEntity(facts: readonly Detail[]) {
  return {
    type: coding('entityType', '4', 'Other'),
    role: coding('entityRole', '4', 'Domain Resource'),
    ...details(facts),
  };
}

type Detail = readonly [type: string, value: string];

const others = ({ others: coordinates }: RequestRecord) =>
  coordinates.map((coordinate): Detail => ['field', coordinate]);

function shown({ coordinates }: RequestRecord, person: AuditedPerson): readonly Detail[] {
  return [
    ['by', person.by],
    ...Object.entries(person.shown).map(([category, { basis, ground }]): Detail => [
      category,
      ground === null ? basis : `${basis} ${ground}`,
    ]),
    ...(coordinates[person.coordinates ?? -1] ?? []).map((coordinate): Detail => ['field', coordinate]),
    ...(person.crossesJurisdiction ? ([['crossesJurisdiction', 'true']] as const) : []),
    ...(person.nameMatch === null ? [] : ([['nameMatch', person.nameMatch]] as const)),
  ];
}

function marks({ forbidden, trace, spooledAt }: RequestRecord): readonly Detail[] {
  return [
    ...forbidden.map((coordinate): Detail => ['forbidden', coordinate]),
    ...(trace === null ? [] : ([['trace', trace]] as const)),
    ...(spooledAt === null ? [] : ([['spooledAt', spooledAt]] as const)),
  ];
}

function details(facts: readonly Detail[]) {
  return { detail: facts.map(([type, value]) => ({ type, valueString: fhirString(value) })) };
}
