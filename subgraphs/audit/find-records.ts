import {
  type AuditRecord,
  auditTerm,
  type ChainedRecord,
  chainedRecordSchema,
  type RequestRecord,
} from '../../adapters/audit/port.ts';
import type { FoundEntry, Store } from '../../adapters/store/port.ts';
import type { AuditFilter } from '../../schema/generated/api-types.ts';
import { personsOf, withinJurisdiction } from './jurisdiction.ts';

/** A record with the chain that it stands in. */
export interface FoundRecord {
  readonly log: string;
  readonly chained: ChainedRecord;
}

/** Entries looked through for one page: a rare match must not walk a year of records in one request. */
const MAX_LOOKED_THROUGH = 5_000;
const BATCH = 200;
/** Records that a report reads at most. */
const MAX_REPORTED = 50_000;

/** Whose auditor asks: nothing from outside of the division is found. */
interface Jurisdiction {
  readonly store: Store;
  readonly division: string;
}

/** Newest first. `next` is where the next page begins; a page may hold less than `first` and still have a next one. */
export async function findRecords(
  { store, division }: Jurisdiction,
  filter: AuditFilter,
  { first, after }: { first: number; after: string | null },
): Promise<{ items: readonly (FoundRecord & { readonly cursor: string })[]; next: string | null }> {
  const items: (FoundRecord & { cursor: string })[] = [];
  const search = { term: termOf(filter), from: instant(filter.from), to: instant(filter.to) };
  const within = withinJurisdiction(store, division);
  let cursor = after;
  for (let looked = 0; looked < MAX_LOOKED_THROUGH; looked += BATCH) {
    const page = await store.findInLogs({ ...search, cursor, first: BATCH });
    const fitting = page.items
      .map((entry) => ({ ...foundRecord(entry), cursor: entry.cursor }))
      .filter(({ chained }) => fits(chained.record, filter));
    const parts = await within(fitting.map(({ chained }) => chained.record));
    for (const [i, found] of fitting.entries()) {
      const record = parts[i] ?? null;
      // Of a record that was cut, what was cut off must not be found by either.
      if (record === null || !names(record, filter.personId) || !fits(record, filter)) continue;
      if (items.length === first) return { items, next: items.at(-1)?.cursor ?? null };
      items.push({ ...found, chained: { ...found.chained, record } });
    }
    if (page.next === null) return { items, next: null };
    cursor = page.next;
  }
  return { items, next: cursor };
}

/** All request records of a time, oldest first, up to what one report reads. */
export async function recordsBetween(
  { store, division }: Jurisdiction,
  { from, to }: { from: number; to: number },
): Promise<{ records: readonly RequestRecord[]; truncated: boolean }> {
  const records: RequestRecord[] = [];
  const within = withinJurisdiction(store, division);
  let cursor: string | null = null;
  for (let looked = 0; looked < MAX_REPORTED; looked += BATCH) {
    const page = await store.findInLogs({ term: auditTerm.all, from, to, cursor, first: BATCH });
    const parts = await within(page.items.map((entry) => foundRecord(entry).chained.record));
    records.push(...parts.flatMap((record) => (record?.kind === 'REQUEST' ? [record] : [])));
    if (page.next === null) return { records: records.toReversed(), truncated: false };
    cursor = page.next;
  }
  return { records: records.toReversed(), truncated: true };
}

function foundRecord({ log, data }: FoundEntry): FoundRecord {
  return { log, chained: chainedRecordSchema.parse(data) };
}

/** The narrowest term that the filter names; the rest is compared record by record. */
function termOf({ personId, trace, subject, client, basis }: AuditFilter): string {
  if (personId != null) return auditTerm.person(personId);
  if (trace != null) return auditTerm.trace(trace);
  if (subject != null) return auditTerm.subject(subject);
  if (client != null) return auditTerm.client(client);
  return basis == null ? auditTerm.all : auditTerm.basis(basis);
}

function names(record: AuditRecord, personId: string | null | undefined): boolean {
  return personId == null || personsOf(record).includes(personId);
}

function fits(record: AuditRecord, { subject, client, basis, trace, personId }: AuditFilter): boolean {
  const actor = 'actor' in record ? record.actor : null;
  return (
    (subject == null || actor?.subject === subject) &&
    (client == null || actor?.client === client) &&
    (trace == null || (record.kind === 'REQUEST' && record.trace === trace)) &&
    (basis == null || basesOf(record, personId ?? null).has(basis))
  );
}

/** The bases that a record names: of one person where the filter names one, else of all. */
function basesOf(record: AuditRecord, personId: string | null): ReadonlySet<string> {
  if (record.kind !== 'REQUEST') return new Set();
  const persons = record.persons.filter(({ id }) => personId === null || id === personId);
  return new Set(persons.flatMap(({ shown }) => Object.values(shown).map(({ basis }) => basis)));
}

function instant(text: string | null | undefined): number | undefined {
  return text == null ? undefined : Date.parse(text);
}
