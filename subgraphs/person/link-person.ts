import { isWithin } from '../../adapters/shared/division.ts';
import { StoreConflict } from '../../adapters/store/port.ts';
import { lineOf, type LinkEvidence, type LocalId, linkKey, sameLocalId, withLink, withoutLink } from './crosswalk.ts';
import { recordLinkConflict } from './link-conflict.ts';
import { persons, type StoredPerson } from './person.ts';
import {
  actingDepartment,
  type Acting,
  type ChangeServices,
  type PersonOutcome,
  type PersonServices,
  refused,
} from './person-outcome.ts';
import { localIdText, reasonText } from './registration-input.ts';
import { updatePerson } from './update-person.ts';

export interface NewLink extends LocalId {
  readonly division: string;
  readonly evidence: LinkEvidence;
  /** Subject of the one who links. */
  readonly by: string;
}

/**
 * Adds a line to the crosswalk; the same line again changes nothing. `null` when the local id is another person's: then
 * the conflict stands recorded for a human decision of the unit that keeps the record, and nothing has changed.
 */
export async function addLink(
  services: ChangeServices,
  personId: string,
  { by, ...link }: NewLink,
): Promise<StoredPerson | null> {
  const at = new Date(services.now()).toISOString();
  try {
    return await updatePerson(services, personId, {
      type: 'PERSON_LINKED',
      change: (person) => {
        const links = withLink(person.links, { ...link, linkedBy: by, linkedAt: at });
        return links === person.links ? person : { ...person, links };
      },
    });
  } catch (error) {
    if (!(error instanceof StoreConflict) || error.reason !== 'KEY') throw error;
    const { department, localId } = link;
    const holder = await services.store.findByKey(persons, linkKey(link));
    const personIds = holder === null ? [personId] : [personId, holder.id];
    const division = lineOf(holder?.data.links ?? [], link)?.division ?? link.division;
    const kind = 'LOCAL_ID_OF_TWO_PERSONS';
    await recordLinkConflict(services, { kind, department, localId, division, personIds, foundAt: at });
    return null;
  }
}

/** Undoes a line of the crosswalk: it stays, with who undid it, when and why. `null` when there is no such person. */
export async function removeLink(
  services: ChangeServices,
  personId: string,
  { by, reason, ...localId }: LocalId & { by: string; reason: string },
): Promise<StoredPerson | null> {
  const at = new Date(services.now()).toISOString();
  return updatePerson(services, personId, {
    type: 'PERSON_UNLINKED',
    change: (person) =>
      person.links.some((link) => link.unlinkedAt === null && sameLocalId(link, localId))
        ? { ...person, links: withoutLink(person.links, localId, { by, at, reason }) }
        : person,
  });
}

/**
 * A department links one of its own local ids to a person whom the caller sees already (the caller has checked that). A
 * local id that its unit of another district keeps is as good as not there: no conflict comes of it (case 26).
 */
export async function linkPerson(
  services: PersonServices,
  acting: Acting,
  { personId, localId, evidence }: { personId: string; localId: string; evidence: LinkEvidence },
): Promise<PersonOutcome> {
  const unit = actingDepartment(acting);
  if (unit === null) return refused('NOT_FOUND', 'personId');
  const id = localIdText.safeParse(localId);
  if (!id.success) return refused('INVALID', 'localId');
  if ((await services.store.load(persons, personId)) === null) return refused('NOT_FOUND', 'personId');
  const link = { ...unit, localId: id.data, evidence, by: acting.caller.subject };
  if (await isKeptElsewhere(services, link)) return refused('NOT_FOUND', 'localId');
  const person = await addLink(services, personId, link);
  if (person !== null) return { person, created: false, refusal: null };
  return refused((await isKeptElsewhere(services, link)) ? 'NOT_FOUND' : 'LINK_CONFLICT', 'localId');
}

/** Is this local id linked to somebody by a unit outside this division? */
export async function isKeptElsewhere(
  { store }: Pick<PersonServices, 'store'>,
  local: LocalId & { readonly division: string },
): Promise<boolean> {
  const holder = await store.findByKey(persons, linkKey(local));
  const line = lineOf(holder?.data.links ?? [], local);
  return line !== undefined && !isWithin(line.division, local.division);
}

/** A department undoes a link of its own, within its jurisdiction. A link that is not there is `NOT_FOUND`; one that was undone already is not. */
export async function undoLink(
  services: PersonServices,
  acting: Acting,
  { personId, localId, reason }: { personId: string; localId: string; reason: string },
): Promise<PersonOutcome> {
  const unit = actingDepartment(acting);
  if (unit === null) return refused('NOT_FOUND', 'personId');
  const why = reasonText.safeParse(reason);
  if (!why.success) return refused('INVALID', 'reason');
  const own = { department: unit.department, localId };
  const before = await services.store.load(persons, personId);
  const line = before?.data.links.findLast((link) => sameLocalId(link, own));
  if (line === undefined || !isWithin(line.division, unit.division)) return refused('NOT_FOUND', 'localId');
  const person = await removeLink(services, personId, { ...own, by: acting.caller.subject, reason: why.data });
  return person === null ? refused('NOT_FOUND', 'personId') : { person, created: false, refusal: null };
}
