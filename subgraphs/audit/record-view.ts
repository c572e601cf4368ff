import type { AuditActor, AuditedPerson, AuditRecord, RequestRecord } from '../../adapters/audit/port.ts';
import type { FoundRecord } from './find-records.ts';

/** A record as the API shows it. */
export function recordView({ log, chained: { sequence, hash, record } }: FoundRecord) {
  return { id: record.id, kind: record.kind, at: record.at, place: `${log} ${sequence}`, hash, ...detailsOf(record) };
}

const NOTHING = { codes: [], forbidden: [], persons: [] };

function detailsOf(record: AuditRecord) {
  switch (record.kind) {
    case 'REQUEST':
      return { ...actorView(record.actor), ...requestView(record) };
    case 'CHANGE': {
      const { actor, purpose, change, personId } = record;
      return {
        ...NOTHING,
        ...(actor && actorView(actor)),
        purpose,
        change,
        persons: personId === null ? [] : [personOf(personId)],
      };
    }
    case 'WITHHELD':
      return { ...NOTHING, persons: record.persons.map(personOf) };
    case 'RETIRED':
      return NOTHING;
  }
}

function actorView({ subject, client, department, organisation, division }: AuditActor) {
  return { subject, client, department, organisation, division };
}

function requestView({ purpose, operation, outcome, codes, forbidden, trace, spooledAt, ...record }: RequestRecord) {
  return {
    purpose,
    operation: operation?.name ?? null,
    operationHash: operation?.hash ?? null,
    outcome,
    codes,
    forbidden,
    trace,
    spooledAt,
    persons: record.persons.map((person) => personView(person, record.coordinates)),
  };
}

function personView(
  { id, by, visible, shown, coordinates, crossesJurisdiction, nameMatch }: AuditedPerson,
  sets: RequestRecord['coordinates'],
) {
  const categories = Object.entries(shown).map(([category, { basis, ground }]) => ({ category, basis, ground }));
  const seen = coordinates === null ? [] : (sets[coordinates] ?? []);
  return { personId: id, by, visible, categories, coordinates: seen, crossesJurisdiction, nameMatch };
}

/** Of a record that names a person and shows nothing of one. */
function personOf(personId: string) {
  return {
    personId,
    by: 'id',
    visible: true,
    categories: [],
    coordinates: [],
    crossesJurisdiction: false,
    nameMatch: null,
  };
}
