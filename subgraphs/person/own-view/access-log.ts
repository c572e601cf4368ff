import { type AuditRecord, auditTerm, chainedRecordSchema, type RequestRecord } from '../../../adapters/audit/port.ts';
import type { Store } from '../../../adapters/store/port.ts';
import type { PurposeOfUse } from '../../shared/caller.ts';
import { PURPOSES } from '../../shared/caller.ts';
import { emergencyAccesses } from '../emergency/emergency-access.ts';
import type { OwnSubject } from './own-subject.ts';

/** One look at the person, as the person is told of it. */
export interface AccessLogItem {
  readonly cursor: string;
  readonly at: string;
  /** `null`: an organisation outside the departments, a person's own token, or the source of a report. */
  readonly department: string | null;
  readonly organisation: string | null;
  readonly purpose: PurposeOfUse;
  readonly categories: readonly string[];
  /** Each with what it stands on. */
  readonly bases: readonly { readonly basis: string; readonly ground: string | null }[];
  readonly answered: boolean;
  /** Who looked, where it was no department. */
  readonly by: 'STAFF' | 'SELF' | 'GUARDIAN';
}

const BATCH = 100;
/** Entries looked through for one page: what others only asked in vain may be many. */
const MAX_LOOKED_THROUGH = 5_000;

/** Newest first. `next` is where the next page begins; `null` = there is no more. */
export async function accessLog(
  store: Store,
  subject: OwnSubject,
  { first, after, now }: { first: number; after: string | null; now: number },
): Promise<{ items: readonly AccessLogItem[]; next: string | null }> {
  const { id } = subject.person;
  const items: AccessLogItem[] = [];
  const withheld = new Set<string>();
  let cursor = after;
  for (let looked = 0; looked < MAX_LOOKED_THROUGH; looked += BATCH) {
    const page = await store.findInLogs({ term: auditTerm.person(id), cursor, first: BATCH });
    for (const entry of page.items) {
      const { record } = chainedRecordSchema.parse(entry.data);
      // Newer than the record whose answer it took back, so it comes before it.
      if (record.kind === 'WITHHELD') withheld.add(record.request);
      const item = await itemOf(record, { subject, store, now, withheld });
      if (item === null) continue;
      if (items.length === first) return { items, next: items.at(-1)?.cursor ?? null };
      items.push({ ...item, cursor: entry.cursor });
    }
    if (page.next === null) return { items, next: null };
    cursor = page.next;
  }
  return { items, next: cursor };
}

interface Telling {
  readonly subject: OwnSubject;
  readonly store: Store;
  readonly now: number;
  readonly withheld: ReadonlySet<string>;
}

async function itemOf(record: AuditRecord, telling: Telling): Promise<Omit<AccessLogItem, 'cursor'> | null> {
  if (record.kind !== 'REQUEST') return null;
  const { subject, withheld } = telling;
  const person = record.persons.find(({ id }) => id === subject.person.id);
  const purpose = PURPOSES.find((one) => one === record.purpose);
  if (person === undefined || purpose === undefined) return null;
  // That a stranger asked in vain by the person's own kind of token tells who else is near: it is left to the auditor.
  if (record.actor.personId !== null && !person.visible) return null;
  // What people do about themselves without looking (a consent, a request) stands where they did it.
  if (record.actor.personId !== null && person.coordinates === null) return null;
  const bases = distinct(Object.values(person.shown));
  if (!(await mayBeTold(bases, telling))) return null;
  const hidden = isReport(record);
  const { department, organisation, personId } = record.actor;
  const answered = record.outcome === 'ANSWERED' && person.coordinates !== null && !withheld.has(record.id);
  return {
    at: record.at,
    department: hidden ? null : department,
    organisation: hidden ? null : organisation,
    purpose,
    categories: answered ? Object.keys(person.shown) : [],
    bases: answered ? bases : [],
    answered,
    by: personId === null ? 'STAFF' : personId === subject.person.id ? 'SELF' : 'GUARDIAN',
  };
}

/** A report appears without its source, so that it does not expose the reporter (domain, section 8). */
function isReport({ purpose }: RequestRecord): boolean {
  return purpose === 'MANDATORY_REPORTING';
}

/** Of an emergency the person is told after its end (PIPL art. 18). */
async function mayBeTold(bases: AccessLogItem['bases'], { store, now }: Telling): Promise<boolean> {
  const grounds = bases.flatMap(({ basis, ground }) =>
    basis === 'EMERGENCY' && ground !== null ? [ground.replace(/^emergency:/, '')] : [],
  );
  const accesses = await store.loadMany(emergencyAccesses, grounds);
  return accesses.every((access) => access !== null && Date.parse(access.data.to) <= now);
}

function distinct(standings: readonly { basis: string; ground: string | null }[]): AccessLogItem['bases'] {
  return [...new Map(standings.map((one) => [`${one.basis} ${one.ground}`, one])).values()];
}
