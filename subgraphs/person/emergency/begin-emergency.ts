import { changeEvent } from '../../../adapters/audit/port.ts';
import { type Store, StoreConflict, StoreError } from '../../../adapters/store/port.ts';
import type { HubRequest } from '../../shared/hub-request.ts';
import { EMERGENCY_SCOPE } from '../access/basis-rules.ts';
import { PURPOSE_BASES } from '../access/purpose-bases.ts';
import { instantInForce } from '../in-force.ts';
import { persons } from '../person.ts';
import { type PersonServices, type Refusal, refused } from '../person-outcome.ts';
import { bearerKey, type EmergencyAccess, emergencyAccesses, type StoredEmergencyAccess } from './emergency-access.ts';
import type { EmergencySpool } from './emergency-spool.ts';

const LASTS_MS = 3 * 3_600_000;
const MIN_REASON = 20;
const MAX_REASON = 2_000;
/** Below this many different characters a long text says nothing. */
const MIN_DISTINCT = 6;
const PAGE = 50;

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

/**
 * Opens a person's records for three hours, for this user alone. The document is the basis and the entry of the review
 * queue in one. While one is in force for the same user and person, that one is the answer. A store that takes no writes
 * does not stop it: then it stands on the local spool until the store is back.
 */
export async function beginEmergency(
  work: EmergencyWork,
  { personId, reason, idempotencyKey }: { personId: string; reason: string; idempotencyKey: string },
): Promise<EmergencyOutcome> {
  const { services, request, spool } = work;
  const { caller, purpose } = request;
  const allowed = caller.scopes.includes(EMERGENCY_SCOPE) && caller.purposes.includes(purpose);
  if (!allowed || caller.division === null || !PURPOSE_BASES[purpose].includes('EMERGENCY'))
    return no('NOT_FOUND', 'personId');
  const why = reason.trim();
  if (!saysSomething(why)) return no('INVALID', 'reason');
  if (idempotencyKey.trim() === '' || idempotencyKey.length > 200) return no('INVALID', 'idempotencyKey');
  const person = await services.store.load(persons, personId);
  if (person === null) return no('NOT_FOUND', 'personId');
  const open = await openEmergency(services.store, spool, { personId, subject: caller.subject, now: services.now() });
  if (open !== null) return { access: open, refusal: null };
  const id = services.newId();
  const from = services.now();
  const data: EmergencyAccess = {
    personId,
    subject: caller.subject,
    client: caller.client,
    organisation: caller.organisation,
    department: caller.department,
    division: caller.division,
    personDivision: person.data.division,
    reason: await sealedOrLater(services, why, { id, personId }),
    from: new Date(from).toISOString(),
    to: new Date(from + LASTS_MS).toISOString(),
    idempotencyKey: `${caller.subject} ${idempotencyKey}`,
    review: null,
    reminders: 0,
    toldAt: null,
  };
  return keep(work, { id, data, plainReason: why });
}

/** The reason cannot be sealed while the store is away and the person has no key yet: it follows at the replay. */
async function sealedOrLater(
  { vault }: PersonServices,
  reason: string,
  { id, personId }: { id: string; personId: string },
) {
  try {
    return await vault.seal(reason, reasonPlace(id, personId));
  } catch (error) {
    if (error instanceof StoreError) return null;
    throw error;
  }
}

export const reasonPlace = (id: string, personId: string) => ({
  collection: 'emergency-access',
  id,
  field: 'reason',
  personId,
});

async function keep(
  { services, spool }: EmergencyWork,
  { id, data, plainReason }: { id: string; data: EmergencyAccess; plainReason: string },
): Promise<EmergencyOutcome> {
  const event = changeEvent(`emergency:${id}`, {
    change: 'EMERGENCY_BEGUN',
    personId: data.personId,
    at: data.from,
    by: services.by,
  });
  // Durable here before anything else: the store may be the very thing that is down.
  await spool.write({ id, data, event }, plainReason);
  try {
    const { version } = await services.store.save(emergencyAccesses, { id, data, expectedVersion: 0, events: [event] });
    await spool.done(id);
    return { access: { id, version, data }, refusal: null };
  } catch (error) {
    if (error instanceof StoreConflict) {
      await spool.done(id);
      return no('KEY_REUSED', 'idempotencyKey');
    }
    if (error instanceof StoreError) return { access: { id, version: 0, data }, refusal: null };
    await spool.done(id);
    throw error;
  }
}

function saysSomething(reason: string): boolean {
  const characters = [...reason];
  return characters.length >= MIN_REASON && characters.length <= MAX_REASON && new Set(characters).size >= MIN_DISTINCT;
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
  for (let cursor: string | null = null; ;) {
    const page: Awaited<ReturnType<typeof store.page<EmergencyAccess, 'byBearer'>>> = await store.page(
      emergencyAccesses,
      {
        index: 'byBearer',
        value: bearerKey(personId, subject),
        cursor,
        first: PAGE,
      },
    );
    const open = page.items.find(({ data }) => instantInForce(data, now));
    if (open !== undefined) return open;
    if (page.next === null) return null;
    cursor = page.next;
  }
}
