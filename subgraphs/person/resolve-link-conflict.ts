import { randomUUID } from 'node:crypto';
import { isWithin } from '../../adapters/shared/division.ts';
import { changeEvent } from '../../adapters/audit/port.ts';
import { StoreConflict } from '../../adapters/store/port.ts';
import { lineOf, linksKeptBy, type Unit } from './crosswalk.ts';
import { type LinkConflict, linkConflicts, type StoredLinkConflict } from './link-conflict.ts';
import { addLink, isKeptElsewhere, removeLink } from './link-person.ts';
import {
  actingDepartment,
  type Acting,
  type ChangeServices,
  type PersonServices,
  type Refusal,
  refused,
} from './person-outcome.ts';
import { persons } from './person.ts';
import { reasonText } from './registration-input.ts';

export type ConflictOutcome =
  | { readonly conflict: StoredLinkConflict; readonly refusal: null }
  | { readonly conflict: null; readonly refusal: Refusal };

/**
 * A human of the unit that keeps the record decides whose the local id is. The decision is kept first, then the crosswalk
 * follows it, one person at a time: after a crash the same call goes on, and another decision is refused.
 */
export async function resolveLinkConflict(
  services: PersonServices,
  acting: Acting,
  { conflictId, personId, reason }: { conflictId: string; personId: string | null; reason: string },
): Promise<ConflictOutcome> {
  const unit = actingDepartment(acting);
  const why = reasonText.safeParse(reason);
  if (!why.success) return no('INVALID', 'reason');
  const found = unit === null ? null : await services.store.load(linkConflicts, conflictId);
  if (unit === null || found === null || !(await mayDecide(services, unit, found.data)))
    return no('NOT_FOUND', 'conflictId');
  if (personId !== null && !(await mayDecideFor(services, unit, { conflict: found.data, personId })))
    return no('INVALID', 'personId');
  const at = new Date(services.now()).toISOString();
  const decision = found.data.decision ?? {
    personId,
    by: acting.caller.subject,
    at,
    reason: why.data,
    applied: false,
  };
  if (decision.personId !== personId) return no('INVALID', 'personId');
  if (decision.applied) return { conflict: found, refusal: null };
  const decided = await keep(services, found, { ...found.data, decision });
  if (decided === null) return resolveLinkConflict(services, acting, { conflictId, personId, reason });
  await apply(services, decided.data, decision);
  const applied = await keep(services, decided, { ...decided.data, decision: { ...decision, applied: true } });
  return { conflict: applied ?? decided, refusal: null };
}

/** A conflict of the department and jurisdiction, about a local id that nobody outside of them keeps. */
async function mayDecide(services: PersonServices, unit: Unit, conflict: LinkConflict): Promise<boolean> {
  const mine = conflict.department === unit.department && isWithin(conflict.division, unit.division);
  return mine && !(await isKeptElsewhere(services, { ...unit, localId: conflict.localId }));
}

/**
 * Where name, sex or birth date are at odds with the person's, only a unit that keeps the person already may say that it
 * is the same one: else an ID number alone would open a person by way of a conflict.
 */
async function mayDecideFor(
  { store }: PersonServices,
  unit: Unit,
  { conflict, personId }: { conflict: LinkConflict; personId: string },
): Promise<boolean> {
  if (!conflict.personIds.includes(personId)) return false;
  if (conflict.kind === 'LOCAL_ID_OF_TWO_PERSONS') return true;
  const person = await store.load(persons, personId);
  return person !== null && linksKeptBy(person.data.links, unit).length > 0;
}

/** `null` when somebody else was faster. */
async function keep(
  { store, now, by }: ChangeServices,
  before: StoredLinkConflict,
  data: LinkConflict,
): Promise<StoredLinkConflict | null> {
  const change = data.decision?.applied === true ? 'LINK_CONFLICT_RESOLVED' : 'LINK_CONFLICT_DECIDED';
  const at = new Date(now()).toISOString();
  const events = [changeEvent(randomUUID(), { change, personId: data.personIds[0] ?? null, at, by })];
  try {
    const { version } = await store.save(linkConflicts, {
      id: before.id,
      data,
      expectedVersion: before.version,
      events,
    });
    return { id: before.id, version, data };
  } catch (error) {
    if (error instanceof StoreConflict) return null;
    throw error;
  }
}

async function apply(
  services: PersonServices,
  { department, localId, division, personIds }: LinkConflict,
  { personId, by, reason }: { personId: string | null; by: string; reason: string },
): Promise<void> {
  const local = { department, localId };
  for (const other of personIds.filter((id) => id !== personId)) {
    await removeLink(services, other, { ...local, by, reason });
  }
  if (personId === null) return;
  const owner = await services.store.load(persons, personId);
  if (owner !== null && lineOf(owner.data.links, local) !== undefined) return;
  await addLink(services, personId, { ...local, division, evidence: 'MANUAL', by });
}

const no = (code: Refusal['code'], ...path: string[]): ConflictOutcome => ({
  conflict: null,
  refusal: refused(code, ...path).refusal,
});
