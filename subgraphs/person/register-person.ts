import { randomUUID } from 'node:crypto';
import { changeEvent } from '../../adapters/audit/port.ts';
import { isWithin } from '../../adapters/shared/division.ts';
import { StoreConflict } from '../../adapters/store/port.ts';
import { activeLinks, lineOf, linkKey, type Unit, withLink } from './crosswalk.ts';
import { identityConflict } from './identity-conflict.ts';
import { recordLinkConflict, type LinkConflict } from './link-conflict.ts';
import {
  idHashKey,
  isOnlyReported,
  type Person,
  persons,
  registrationKey,
  type Registration,
  type StoredPerson,
} from './person.ts';
import { actingDepartment, type Acting, type PersonOutcome, type PersonServices, refused } from './person-outcome.ts';
import { type CheckedRegistration, checkRegistration, type RegistrationInput } from './registration-input.ts';
import { updatePerson } from './update-person.ts';

interface Attempt {
  readonly services: PersonServices;
  readonly input: CheckedRegistration;
  readonly idHash: string | null;
  readonly unit: Unit;
  readonly acting: Acting;
  readonly at: string;
}

const ATTEMPTS = 20;

/**
 * Registers a person when a department begins to care. The same client and idempotency key, the same ID number, or the
 * same local id of the department give the same person. `created` says that the person is new to this department: that
 * another one knows the person shows nowhere. A name, sex or birth date that contradicts what is there shows nothing and
 * waits for a human.
 */
export async function registerPerson(
  services: PersonServices,
  acting: Acting,
  given: RegistrationInput,
): Promise<PersonOutcome> {
  const unit = actingDepartment(acting);
  if (unit === null) return refused('NOT_FOUND');
  const input = checkRegistration(given, services.idNumberHash);
  if ('code' in input) return { person: null, refusal: input };
  const idHash = input.idNumber === null ? null : services.idNumberHash(input.idNumber);
  const at = new Date(services.now()).toISOString();
  const attempt: Attempt = { services, input, idHash, unit, acting, at };
  for (let tries = 1; ; tries += 1) {
    try {
      return await tryToRegister(attempt);
    } catch (error) {
      // Somebody else registered or linked at the same moment: look again at what there is now.
      if (tries === ATTEMPTS || !(error instanceof StoreConflict)) throw error;
    }
  }
}

async function tryToRegister(attempt: Attempt): Promise<PersonOutcome> {
  const { services, input, idHash, unit, acting } = attempt;
  const { localId } = input;
  const [repeated, byNumber, byLocalId] = await services.store.findByKeys(persons, [
    registrationKey(acting.caller.client, input.idempotencyKey),
    idHash === null ? '' : idHashKey(idHash),
    linkKey({ department: unit.department, localId }),
  ]);
  if (repeated) return repetition(repeated, attempt);
  if (byLocalId && !isOurs(byLocalId, attempt)) return refused('NOT_FOUND', 'localId');
  if (byNumber) return addTo(byNumber, attempt, byLocalId ?? null);
  if (byLocalId && samePerson(byLocalId, idHash)) return addTo(byLocalId, attempt, byLocalId);
  const created = await create(attempt, byLocalId ? [] : [newLink(attempt)]);
  return byLocalId ? twoPersons(attempt, created, byLocalId) : done(created, true);
}

/** The department's unit of another district keeps this local id: it is none of ours (case 26). */
function isOurs({ data }: StoredPerson, attempt: Attempt): boolean {
  const line = lineOf(data.links, localIdOf(attempt));
  return line !== undefined && isWithin(line.division, attempt.unit.division);
}

const localIdOf = ({ unit, input }: Attempt) => ({ department: unit.department, localId: input.localId });

/** A local id means its person unless the ID number says that it is somebody else. */
function samePerson({ data }: StoredPerson, idHash: string | null): boolean {
  return idHash === null || data.idHash === null || data.idHash === idHash;
}

async function repetition(person: StoredPerson, attempt: Attempt): Promise<PersonOutcome> {
  const { input, acting } = attempt;
  const before = person.data.registrations.find(
    ({ client, idempotencyKey }) => client === acting.caller.client && idempotencyKey === input.idempotencyKey,
  );
  if (before?.inputDigest !== input.inputDigest) return refused('KEY_REUSED', 'idempotencyKey');
  const linked = lineOf(person.data.links, localIdOf(attempt)) !== undefined;
  // Registered without its link, because the local id is another's; or the link was undone since.
  return linked ? done(person, before.created) : refused('LINK_CONFLICT', 'localId');
}

async function addTo(person: StoredPerson, attempt: Attempt, byLocalId: StoredPerson | null): Promise<PersonOutcome> {
  const { services, input, idHash, unit } = attempt;
  // First of all: who does not know the person's name has no say about whose a local id is, either.
  const reported = isOnlyReported(person.data);
  const contradiction = reported ? null : identityConflict(person.data, input);
  if (contradiction !== null) return conflicting(attempt, { kind: contradiction, personIds: [person.id] });
  if (byLocalId !== null && byLocalId.id !== person.id) return twoPersons(attempt, person, byLocalId);
  const created = !activeLinks(person.data.links).some(({ department }) => department === unit.department);
  const change = (data: Person): Person => ({
    ...data,
    // Whoever begins to care knows better than who reported.
    ...(reported && { name: input.name, sex: input.sex, birthDate: input.birthDate, division: input.division }),
    idHash: data.idHash ?? idHash,
    registrations: [...data.registrations, newRegistration(attempt, created)],
    links: withLink(data.links, newLink(attempt)),
  });
  const updated = await updatePerson(services, person.id, { type: 'PERSON_REGISTERED', change });
  return updated === null ? refused('NOT_FOUND') : done(updated, created);
}

async function create(attempt: Attempt, links: Person['links']): Promise<StoredPerson> {
  const { services, input, idHash } = attempt;
  const { name, sex, birthDate, division } = input;
  const registrations = [newRegistration(attempt, true)];
  const none = { lifeEvents: [], guardianships: [], careTeam: [], consents: [] };
  const data: Person = { idHash, name, sex, birthDate, division, registrations, links, ...none };
  const id = services.newId();
  const event = { change: 'PERSON_REGISTERED', personId: id, at: attempt.at, by: services.by };
  const events = [changeEvent(randomUUID(), event)];
  const { version } = await services.store.save(persons, { id, data, expectedVersion: 0, events });
  return { id, version, data };
}

/** The unit that keeps the record stays the one that keeps it, whoever is found to be meant. */
async function twoPersons(attempt: Attempt, claimed: StoredPerson, holder: StoredPerson): Promise<PersonOutcome> {
  const { division } = lineOf(holder.data.links, localIdOf(attempt)) ?? attempt.unit;
  return conflicting(attempt, { kind: 'LOCAL_ID_OF_TWO_PERSONS', personIds: [claimed.id, holder.id], division });
}

async function conflicting(
  { services, unit, input, at }: Attempt,
  finding: Pick<LinkConflict, 'kind' | 'personIds'> & { readonly division?: string },
): Promise<PersonOutcome> {
  await recordLinkConflict(services, { ...unit, ...finding, localId: input.localId, foundAt: at });
  return refused('LINK_CONFLICT', 'localId');
}

const done = (person: StoredPerson, created: boolean): PersonOutcome => ({ person, created, refusal: null });

function newLink({ unit, input, idHash, acting, at }: Attempt): Person['links'][number] {
  return {
    ...unit,
    localId: input.localId,
    evidence: idHash === null ? 'MANUAL' : 'ID_NUMBER',
    linkedBy: acting.caller.subject,
    linkedAt: at,
    unlinkedAt: null,
    unlinkedBy: null,
    unlinkReason: null,
  };
}

function newRegistration({ input, acting, at }: Attempt, created: boolean): Registration {
  const { idempotencyKey, inputDigest, basisReference } = input;
  const { caller, purpose } = acting;
  return { client: caller.client, idempotencyKey, inputDigest, purpose, basisReference, at, created };
}
