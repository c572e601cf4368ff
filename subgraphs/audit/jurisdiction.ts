import { type AuditRecord, auditTerm, chainedRecordSchema } from '../../adapters/audit/port.ts';
import { isWithin } from '../../adapters/shared/division.ts';
import type { Store } from '../../adapters/store/port.ts';
import { activeLinks } from '../person/crosswalk.ts';
import { type Person, persons } from '../person/person.ts';

/** What of these records, in their order, lies in a jurisdiction; `null` = nothing of it. */
type Within = (records: readonly AuditRecord[]) => Promise<readonly (AuditRecord | null)[]>;

/**
 * A record lies where its actor acts: then it is whole. Else it lies where the persons live or are known whom it names:
 * then it is cut to these. What lies nowhere, since it was a job of the hub or somebody without a division who asked and
 * nobody is named, is every auditor's: a record that no auditor may see would be none.
 */
export function withinJurisdiction(store: Store, division: string): Within {
  const isIn = (one: string | null) => one !== null && isWithin(one, division);
  const known = new Map<string, readonly string[]>();
  return async (records) => {
    await learn(records.flatMap(personsOf));
    return Promise.all(records.map(part));
  };

  async function learn(ids: readonly string[]): Promise<void> {
    const asked = [...new Set(ids)].filter((id) => !known.has(id));
    const found = await store.loadMany(persons, asked);
    asked.forEach((id, i) => known.set(id, divisionsOf(found[i]?.data ?? null)));
  }

  async function part(record: AuditRecord): Promise<AuditRecord | null> {
    const acted = await actedIn(record);
    if (isIn(acted)) return record;
    const named = personsOf(record);
    if (acted === null && named.every((id) => known.get(id)?.length === 0)) return record;
    const ours = new Set(named.filter((id) => known.get(id)?.some(isIn)));
    return ours.size === 0 ? null : cutTo(record, ours);
  }

  /** The actor's division; `null` where there is no actor, or one without. */
  async function actedIn(record: AuditRecord): Promise<string | null> {
    if ('actor' in record) return record.actor?.division ?? null;
    if (record.kind !== 'WITHHELD') return null;
    const { items } = await store.findInLogs({ term: auditTerm.request(record.request), first: FEW });
    const found = items.map(({ data }) => chainedRecordSchema.parse(data).record);
    return found.find((one) => one.kind === 'REQUEST')?.actor.division ?? null;
  }
}

/** A request has its own record, those of its changes and perhaps that of its being withheld. */
const FEW = 100;

function divisionsOf(person: Person | null): readonly string[] {
  return person === null ? [] : [person.division, ...activeLinks(person.links).map(({ division }) => division)];
}

/** Ids of all whom a record names. */
export function personsOf(record: AuditRecord): readonly string[] {
  switch (record.kind) {
    case 'REQUEST':
      return record.persons.flatMap(({ id }) => id ?? []);
    case 'WITHHELD':
      return record.persons;
    case 'CHANGE':
      return record.personId === null ? [] : [record.personId];
    case 'RETIRED':
      return [];
  }
}

function cutTo(record: AuditRecord, ours: ReadonlySet<string>): AuditRecord {
  switch (record.kind) {
    case 'REQUEST':
      return { ...record, persons: record.persons.filter(({ id }) => id !== null && ours.has(id)) };
    case 'WITHHELD':
      return { ...record, persons: record.persons.filter((id) => ours.has(id)) };
    case 'CHANGE':
    case 'RETIRED':
      return record;
  }
}
