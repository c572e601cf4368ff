import { AuditUnavailable, changeEvent } from '../../../adapters/audit/port.ts';
import { type Store, StoreConflict, StoreError } from '../../../adapters/store/port.ts';
import { walk } from '../../../adapters/store/walk.ts';
import type { HubRequest } from '../../shared/hub-request.ts';
import { EMERGENCY_SCOPE } from '../access/basis-rules.ts';
import { PURPOSE_BASES } from '../access/purpose-bases.ts';
import { instantInForce } from '../in-force.ts';
import type { StoredPerson } from '../person.ts';
import { type PersonServices, type Refusal, refused } from '../person-outcome.ts';
import {
  bearerKey,
  type EmergencyAccess,
  emergencyAccesses,
  emergencyTextPlace,
  idempotencyKeyOf,
  type StoredEmergencyAccess,
} from './emergency-access.ts';
import { emergencyReason } from './emergency-reason.ts';
import type { EmergencySpool } from './emergency-spool.ts';

const LASTS_MS = 3 * 3_600_000;
const MAX_KEY = 200;

export interface EmergencyWork {
  readonly services: PersonServices;
  readonly request: HubRequest;
  readonly spool: EmergencySpool;
}

export type EmergencyOutcome =
  | { readonly access: StoredEmergencyAccess; readonly refusal: null }
  | { readonly access: null; readonly refusal: Refusal };

const no = (code: Refusal['code'], ...path: string[]): EmergencyOutcome => ({
  access: null,
  refusal: refused(code, ...path).refusal,
});

interface Wanted {
  /** The input field that says who is meant. */
  readonly by: 'personId' | 'idNumber';
  /** Looks the person up; called only when all else is in order. */
  readonly find: () => Promise<StoredPerson | null>;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/**
 * Opens a person's records for three hours, for this user alone. The document is the basis and the entry of the review
 * queue in one. While one is in force for the same user and person, that one is the answer. A store that takes no writes
 * does not stop it: then it stands on the local spool until the store is back. An attempt that opens nothing tells
 * nothing: it is refused before anybody is looked up, or for the known and the unknown alike.
 */
export async function beginEmergency(work: EmergencyWork, wanted: Wanted): Promise<EmergencyOutcome> {
  const { caller, purpose } = work.request;
  const { division } = caller;
  const allowed =
    caller.personId === null && caller.scopes.includes(EMERGENCY_SCOPE) && caller.purposes.includes(purpose);
  if (!allowed || division === null || !PURPOSE_BASES[purpose].includes('EMERGENCY')) return no('NOT_FOUND', wanted.by);
  const reason = emergencyReason(wanted.reason);
  if (reason === null) return no('INVALID', 'reason');
  const { idempotencyKey } = wanted;
  if (idempotencyKey.trim() === '' || idempotencyKey.length > MAX_KEY) return no('INVALID', 'idempotencyKey');
  // One after the other for each user: two at once are one access.
  return work.spool.inTurn(caller.subject, async () => {
    const person = await wanted.find();
    if (person !== null) return beginOnce(work, person, { reason, idempotencyKey, division });
    // With a key that was used for somebody, all others are refused for that, whether they are there or not.
    const used = await withKey(work, keyOf(work, idempotencyKey));
    return used === null ? no('NOT_FOUND', wanted.by) : no('KEY_REUSED', 'idempotencyKey');
  });
}

async function beginOnce(
  work: EmergencyWork,
  person: StoredPerson,
  { reason, idempotencyKey, division }: Pick<Wanted, 'reason' | 'idempotencyKey'> & { readonly division: string },
): Promise<EmergencyOutcome> {
  const { services, request, spool } = work;
  const { subject, organisation, department } = request.caller;
  const { id: personId } = person;
  const now = services.now();
  const open = await openEmergency(services.store, spool, { personId, subject, now });
  if (open !== null) return { access: open, refusal: null };
  const mine = keyOf(work, idempotencyKey);
  const before = await withKey(work, mine);
  if (before !== null) return repeated(before, personId);
  const id = emergencyId(now, services.newId());
  const data: EmergencyAccess = {
    ...mine,
    personId,
    subject,
    organisation,
    department,
    division,
    personDivision: person.data.division,
    reason: await sealedOrLater(services, reason, { id, personId }),
    from: new Date(now).toISOString(),
    to: new Date(now + LASTS_MS).toISOString(),
    review: null,
    reminders: 0,
    toldAt: null,
    spooledAt: null,
  };
  return keep(work, { id, data, plainReason: reason });
}

/** A key belongs to the user, who else may share the client. */
const keyOf = ({ request: { caller } }: EmergencyWork, idempotencyKey: string) => ({
  client: caller.client,
  idempotencyKey: `${caller.subject} ${idempotencyKey}`,
});

/** Begins with the instant, so that the order of ids, which is the order of the review queue, is that of time. */
const emergencyId = (now: number, unique: string) => `${now.toString(36).padStart(9, '0')}-${unique}`;

/** The same key again is the same access, ended or not; for another person it is a mistake. */
function repeated(access: StoredEmergencyAccess, personId: string): EmergencyOutcome {
  return access.data.personId === personId ? { access, refusal: null } : no('KEY_REUSED', 'idempotencyKey');
}

async function withKey(
  { services, spool }: EmergencyWork,
  key: Pick<EmergencyAccess, 'client' | 'idempotencyKey'>,
): Promise<StoredEmergencyAccess | null> {
  const wanted = idempotencyKeyOf(key);
  const spooled = spool.waiting().find(({ data }) => idempotencyKeyOf(data) === wanted);
  if (spooled !== undefined) return { ...spooled, version: 0 };
  return services.store.findByKey(emergencyAccesses, wanted);
}

/** The reason cannot be sealed while the store is away and the person has no key yet: it follows at the replay. */
async function sealedOrLater(
  { vault }: PersonServices,
  reason: string,
  { id, personId }: { id: string; personId: string },
) {
  try {
    return await vault.seal(reason, emergencyTextPlace(id, personId, 'reason'));
  } catch (error) {
    if (error instanceof StoreError) return null;
    throw error;
  }
}

async function keep(
  work: EmergencyWork,
  { id, data, plainReason }: { id: string; data: EmergencyAccess; plainReason: string },
): Promise<EmergencyOutcome> {
  const { services, spool } = work;
  const { personId, from: at } = data;
  const event = changeEvent(`emergency:${id}`, { change: 'EMERGENCY_BEGUN', personId, at, by: services.by });
  // Durable here before anything else: the store may be the very thing that is down.
  const noSpool = await failureOf(spool.write({ id, data, event }, plainReason));
  const waits: EmergencyOutcome = { access: { id, version: 0, data }, refusal: null };
  // Saved now, it would never get its reason; the replay seals it first.
  if (data.reason === null && noSpool === null) return waits;
  try {
    if (data.reason === null) throw new AuditUnavailable(noSpool);
    const { version } = await services.store.save(emergencyAccesses, { id, data, expectedVersion: 0, events: [event] });
    await failureOf(spool.done(id));
    return { access: { id, version, data }, refusal: null };
  } catch (error) {
    // Neither disk nor store took it: then there is no record, and so no access.
    if (error instanceof StoreError && noSpool === null) return waits;
    if (error instanceof StoreError) throw new AuditUnavailable(error);
    await failureOf(spool.done(id));
    if (!(error instanceof StoreConflict)) throw error;
    // Another process was faster with the same key.
    const theirs = await withKey(work, data);
    return theirs === null ? no('KEY_REUSED', 'idempotencyKey') : repeated(theirs, personId);
  }
}

/** What was saved and not noted as done is found to be saved at the next replay. */
async function failureOf(step: Promise<void>): Promise<unknown> {
  return step.then(
    () => null,
    (error: unknown) => error,
  );
}

/** The one in force for this user and person; also one that only the spool has so far. */
export async function openEmergency(
  store: Store,
  spool: Pick<EmergencySpool, 'waiting'>,
  { personId, subject, now }: { personId: string; subject: string; now: number },
): Promise<StoredEmergencyAccess | null> {
  const mine = ({ data }: { data: EmergencyAccess }) => data.personId === personId && data.subject === subject;
  const spooled = spool.waiting().find((one) => mine(one) && instantInForce(one.data, now));
  if (spooled !== undefined) return { ...spooled, version: 0 };
  const value = bearerKey(personId, subject);
  for await (const access of walk(store, emergencyAccesses, { index: 'byBearer', value }))
    if (instantInForce(access.data, now)) return access;
  return null;
}
