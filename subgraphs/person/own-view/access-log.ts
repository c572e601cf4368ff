import { type AuditRecord, auditTerm, chainedRecordSchema, type RequestRecord } from '../../../adapters/audit/port.ts';
import type { Store } from '../../../adapters/store/port.ts';
import { walk } from '../../../adapters/store/walk.ts';
import type { PurposeOfUse } from '../../shared/caller.ts';
import { PURPOSES } from '../../shared/caller.ts';
import { isOnEmergency } from '../access/shared-facts.ts';
import { instantInForce } from '../in-force.ts';
import { openEmergency } from '../emergency/begin-emergency.ts';
import { emergencyAccesses } from '../emergency/emergency-access.ts';
import { isOfEmergencies, isOfReferrals } from './matter-words.ts';
import type { PersonReads } from '../visible-persons.ts';
import type { OwnSubject } from './own-subject.ts';
import { toldStandings } from './told-standings.ts';

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
  /** Something of the person itself is in it, of whatever category. */
  readonly profile: boolean;
  /** Root fields that showed something outside the care profile: a consent, a request, a review, the own view. */
  readonly matters: readonly string[];
  /** Who looked, where it was no department. */
  readonly by: 'STAFF' | 'SELF' | 'GUARDIAN';
}

const BATCH = 100;
/** Entries looked through for one page: what others only asked in vain may be many. */
const MAX_LOOKED_THROUGH = 5_000;

type LogReads = Pick<PersonReads, 'store' | 'emergencySpool' | 'now' | 'departments'>;

/** Newest first. `next` is where the next page begins; `null` = there is no more. */
export async function accessLog(
  reads: LogReads,
  subject: OwnSubject,
  { first, after }: { first: number; after: string | null },
): Promise<{ items: readonly AccessLogItem[]; next: string | null }> {
  const { id } = subject.person;
  const items: AccessLogItem[] = [];
  let cursor = after;
  for (let looked = 0; looked < MAX_LOOKED_THROUGH; looked += BATCH) {
    const page = await reads.store.findInLogs({ term: auditTerm.person(id), cursor, first: BATCH });
    for (const entry of page.items) {
      const { record } = chainedRecordSchema.parse(entry.data);
      const item = await itemOf(record, { subject, reads });
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
  readonly reads: LogReads;
}

async function itemOf(record: AuditRecord, telling: Telling): Promise<Omit<AccessLogItem, 'cursor'> | null> {
  if (record.kind !== 'REQUEST') return null;
  const { subject, reads } = telling;
  const person = record.persons.find(({ id }) => id === subject.person.id);
  const purpose = PURPOSES.find((one) => one === record.purpose);
  if (person === undefined || purpose === undefined) return null;
  if (record.actor.personId !== null && !isOwnLook(person)) return null;
  const coordinates = record.coordinates[person.coordinates ?? -1] ?? [];
  // A person's own fields stand under no root field: those are of what stands beside `Person`.
  const matters = coordinates.filter((one) => /^(Query|Mutation)\./.test(one));
  if (!(await mayBeTold(record, { bases: distinct(Object.values(person.shown)), matters }, telling))) return null;
  const hidden = isReport(record, person);
  const shown = toldStandings(record, person, { hidden, matters, departments: reads.departments });
  if (shown === null) return null;
  const gaveSomething = record.outcome === 'ANSWERED' && person.coordinates !== null;
  const answered = gaveSomething && !(await wasWithheld(record, reads.store));
  return {
    at: record.at,
    purpose: hidden ? 'MANDATORY_REPORTING' : purpose,
    ...whoLooked(record, { subject, hidden }),
    answered,
    ...(answered ? whatWasSeen(shown, { coordinates, matters: hidden ? [] : matters }) : NOTHING_SEEN),
  };
}

type Who = Pick<AccessLogItem, 'department' | 'organisation' | 'by'>;
type What = Pick<AccessLogItem, 'categories' | 'bases' | 'profile' | 'matters'>;

function whoLooked({ actor }: RequestRecord, { subject, hidden }: { subject: OwnSubject; hidden: boolean }): Who {
  const { department, organisation, personId } = actor;
  const by = personId === null ? 'STAFF' : personId === subject.person.id ? 'SELF' : 'GUARDIAN';
  return hidden ? { department: null, organisation: null, by } : { department, organisation, by };
}

const NOTHING_SEEN: What = { categories: [], bases: [], profile: false, matters: [] };

function whatWasSeen(
  shown: NonNullable<ReturnType<typeof toldStandings>>,
  { coordinates, matters }: { coordinates: readonly string[]; matters: readonly string[] },
): What {
  return {
    categories: [...new Set(shown.map(([name]) => name))],
    bases: distinct(shown.map(([, standing]) => standing)),
    profile: coordinates.some((one) => one.startsWith('Person.')),
    matters,
  };
}

/**
 * That a stranger asked in vain by a person's token tells who else is near: it is left to the auditor.
 */
function isOwnLook({ visible, coordinates }: RequestRecord['persons'][number]): boolean {
  return visible && coordinates !== null;
}

/**
 * A report appears without its source, so that it does not expose the reporter (domain, section 8). Its own records
 * would name it as well as its name does: whoever keeps the category is the department. Nor is it told apart by what
 * for, or by which field, the report was looked at.
 */
function isReport({ purpose }: RequestRecord, { ofReport }: RequestRecord['persons'][number]): boolean {
  return purpose === 'MANDATORY_REPORTING' || ofReport === true;
}

/** Of an emergency the person is told after its end (PIPL art. 18). */
async function mayBeTold(
  record: RequestRecord,
  { bases, matters }: Pick<AccessLogItem, 'bases' | 'matters'>,
  telling: Telling,
): Promise<boolean> {
  if (!(await areOver(bases, telling))) return false;
  const referred = runningReferrals(telling);
  if (bases.some(({ ground }) => ground !== null && referred.has(ground))) return false;
  if (matters.some(isOfReferrals) && referred.size > 0) return false;
  if (matters.some(isOfEmergencies) && (await anyRunningEmergency(telling))) return false;
  return !(await inRunningEmergency(record, telling));
}

async function areOver(bases: AccessLogItem['bases'], { reads: { store, now } }: Telling): Promise<boolean> {
  const grounds = bases.flatMap(({ basis, ground }) =>
    basis === 'EMERGENCY' && ground !== null ? [ground.replace(/^emergency:/, '')] : [],
  );
  const accesses = await store.loadMany(emergencyAccesses, grounds);
  return accesses.every((access) => access !== null && Date.parse(access.data.to) <= now());
}

/** Grounds of what is referred on an emergency that still runs: a look by it would tell of the emergency. */
function runningReferrals({ subject: { facts }, reads: { now } }: Telling): ReadonlySet<string> {
  const running = facts.referrals.filter((one) => isOnEmergency(one) && now() < Date.parse(one.until ?? ''));
  return new Set(running.map(({ id }) => `referral:${id}`));
}

/** The opening itself, and a look that showed no category, rest on the emergency too and tell of it as well. */
async function inRunningEmergency({ actor, at }: RequestRecord, { subject, reads }: Telling): Promise<boolean> {
  const { store, emergencySpool } = reads;
  const who = { personId: subject.person.id, subject: actor.subject, now: reads.now() };
  const open = await openEmergency(store, emergencySpool, who);
  return open !== null && Date.parse(open.data.from) <= Date.parse(at);
}

/** Somebody who reviews an emergency deals with a matter of the person: told after the end as the emergency is. */
async function anyRunningEmergency({ subject, reads: { store, now } }: Telling): Promise<boolean> {
  const value = subject.person.id;
  for await (const { data } of walk(store, emergencyAccesses, { index: 'byPerson', value }))
    if (instantInForce(data, now())) return true;
  return false;
}

/** Looked up by the request: what came between the two may have pushed the newer one onto an earlier page. */
async function wasWithheld({ id }: RequestRecord, store: Store): Promise<boolean> {
  const { items } = await store.findInLogs({ term: auditTerm.request(id), first: BATCH });
  return items.some(({ data }) => chainedRecordSchema.parse(data).record.kind === 'WITHHELD');
}

function distinct(standings: readonly { basis: string; ground: string | null }[]): AccessLogItem['bases'] {
  return [...new Map(standings.map((one) => [`${one.basis} ${one.ground}`, one])).values()];
}
