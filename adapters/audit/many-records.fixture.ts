/** Audit records by the million, chained by the audit log itself, as a district's year makes them. Test support. */
import type { Store } from '../store/port.ts';
import type { CheckpointPlace } from './checkpoint-place.ts';
import { signingKey, silent, spoolInMemory } from './audit.fixture.ts';
import { openAuditLog } from './open-audit-log.ts';
import type { AuditedPerson, AuditRecord, ChangeRecord, RequestRecord } from './port.ts';

/** Of one step of the chain: what many requests at the same time make. */
const BATCH = 1_000;
const BEGIN = Date.UTC(2025, 10, 20);
/** Ten million are a year. */
const APART_MS = 3_000;
const PEOPLE_OF_A_WORKER = 20;
const DEPARTMENTS = ['HEALTH', 'EDUCATION', 'CIVIL_AFFAIRS', 'JUSTICE', 'WOMENS_FEDERATION', 'UNION'] as const;
const CATEGORIES = ['visits', 'diagnoses', 'assessment', 'follow-up', 'medication', 'rehabilitation'];
/** Of ten: two whole profiles, four facets, two lists of work, two changes. */
const KINDS = ['PROFILE', 'FACET', 'FACET', 'LIST', 'CHANGE', 'PROFILE', 'FACET', 'FACET', 'LIST', 'CHANGE'] as const;
const LISTED = 4;

export interface ManyRecords {
  readonly from: number;
  readonly to: number;
  readonly people: number;
  readonly personIdOf: (n: number) => string;
  readonly place: CheckpointPlace;
  readonly progress?: (done: number) => void;
}

/** Continues the chain of this writer; every thousand records and at the end a checkpoint is signed. */
export async function appendRecords(store: Store, { from, to, progress, place, ...of }: ManyRecords): Promise<void> {
  const log = await openLog(store, place);
  for (let n = from; n < to; n += BATCH) {
    const some = Array.from({ length: Math.min(BATCH, to - n) }, (_, i) => recordOf(n + i, of));
    await Promise.all(some.map(async (record) => log.append(record)));
    progress?.(n + some.length);
  }
  await log.close();
}

/** The audit log of the process that wrote them all. Nothing runs beside it. */
export const openLog = async (store: Store, place: CheckpointPlace) =>
  openAuditLog({ store, place, writer: 'hub', signingKey, spool: spoolInMemory(), log: silent, every: () => () => {} });

/** Its keys stand in canonical order, as those of the gateway's records do. */
export function recordOf(n: number, { people, personIdOf }: Pick<ManyRecords, 'people' | 'personIdOf'>): AuditRecord {
  const kind = KINDS[n % KINDS.length] ?? 'FACET';
  const personOf = (i: number) => personIdOf(scattered(n + i) % people);
  const common = { actor: actorOf(n, people), at: new Date(BEGIN + n * APART_MS).toISOString(), id: requestId(n) };
  if (kind === 'CHANGE') return changeOf(common, personOf(0));
  const { actor, at, id } = common;
  return {
    actor,
    at,
    codes: [],
    coordinates: [coordinatesOf(kind)],
    forbidden: [],
    id,
    kind: 'REQUEST',
    operation: { hash: 'a'.repeat(64), name: kind, type: 'query' },
    others: ['Query.person'],
    outcome: 'ANSWERED',
    persons: Array.from({ length: kind === 'LIST' ? LISTED : 1 }, (_, i) => shownOf(kind, personOf(i))),
    purpose: 'CARE',
    spooledAt: null,
    trace: null,
  } satisfies RequestRecord;
}

type Shown = Exclude<(typeof KINDS)[number], 'CHANGE'>;

const FIELDS: Readonly<Record<Shown, number>> = { PROFILE: 60, FACET: 12, LIST: 10 };
const coordinatesOf = (kind: Shown) => Array.from({ length: FIELDS[kind] }, (_, i) => `HealthFacet.someField${10 + i}`);

function shownOf(kind: Shown, id: string): AuditedPerson {
  const categories = kind === 'PROFILE' ? CATEGORIES : CATEGORIES.slice(0, 1);
  const standing = { basis: 'CARE_TEAM', ground: 'consent:5f1c3a0e-0000-4000-8000-000000000000' };
  const shown = Object.fromEntries(categories.toSorted().map((category) => [`health:${category}`, standing]));
  return { by: 'id', coordinates: 0, crossesJurisdiction: false, id, nameMatch: null, shown, visible: true };
}

function changeOf({ actor, at, id }: Pick<RequestRecord, 'actor' | 'at' | 'id'>, personId: string): ChangeRecord {
  return {
    actor,
    at,
    change: 'REFERRAL_ACCEPTED',
    collection: 'referral',
    document: id,
    id: `change-${id}`,
    kind: 'CHANGE',
    personId,
    purpose: 'REFERRAL',
    request: id,
    version: 2,
  };
}

function actorOf(n: number, people: number): RequestRecord['actor'] {
  const worker = scattered(n * 7) % Math.ceil(people / PEOPLE_OF_A_WORKER);
  const department = DEPARTMENTS[worker % DEPARTMENTS.length] ?? 'HEALTH';
  return {
    client: 'hub-console',
    department,
    division: '990101',
    organisation: `organisation-${worker % 50}`,
    personId: null,
    subject: `4a108f2e-21b7-4211-8580-${String(worker).padStart(12, '0')}`,
  };
}

/** In order of time (RFC 9562, version 7), as those of requests are. */
function requestId(n: number): string {
  const time = (BEGIN + n * APART_MS).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String(n).padStart(12, '0')}`;
}

/** Another number, the same each time: neighbours have nothing to do with each other (Knuth's multiplicative hash). */
const scattered = (n: number): number => Math.imul(n, 2_654_435_761) >>> 0;
