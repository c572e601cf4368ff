import type {
  DeclareGuardianshipInput,
  EndGuardianshipInput,
  SuspendGuardianshipInput,
} from '../../../schema/generated/api-types.ts';
import type { HubRequest } from '../../shared/hub-request.ts';
import { shanghaiDay } from '../../../adapters/shared/shanghai-day.ts';
import { type Person, persons, type StoredPerson } from '../person.ts';
import { type PersonServices, type Refusal, refused } from '../person-outcome.ts';
import { reasonText, referenceText } from '../registration-input.ts';
import { updatePerson } from '../update-person.ts';
import type { MandatoryReport } from '../access/shared-facts.ts';
import { isMinor } from './age.ts';
import { type Guardianship, standingGuardianships, suspectsOf, type Suspension } from './guardianship.ts';

export interface GuardianshipWork {
  readonly services: Omit<PersonServices, 'idNumberHash'>;
  readonly request: HubRequest;
  /** Whom the caller sees. */
  readonly ward: StoredPerson;
}

export interface DeclaringWork extends GuardianshipWork {
  readonly reports: (personId: string) => Promise<readonly MandatoryReport[]>;
}

const REPORTED = '强制报告 / mandatory report';

export type GuardianshipOutcome =
  | { readonly guardianship: Guardianship; readonly refusal: null }
  | { readonly guardianship: null; readonly refusal: Refusal };

const no = (code: Refusal['code'], ...path: string[]): GuardianshipOutcome => ({
  guardianship: null,
  refusal: refused(code, ...path).refusal,
});

/**
 * Records that somebody is the person's guardian, with its evidence; the same again changes nothing. Whom a report of
 * this person suspects begins suspended, until somebody else than who declares it releases it.
 */
export async function declareGuardianship(
  { reports, ...work }: DeclaringWork,
  { guardianId, kind, ward, evidence, from, to }: DeclareGuardianshipInput,
): Promise<GuardianshipOutcome> {
  const { services, ward: person } = work;
  const paper = referenceText.safeParse(evidence);
  if (!paper.success) return no('INVALID', 'evidence');
  if (guardianId === person.id) return no('INVALID', 'guardianId');
  const declared: Guardianship = {
    guardianId,
    kind,
    ward,
    evidence: paper.data,
    from,
    to: to ?? null,
    suspended: false,
    suspensions: [],
  };
  if (declared.to !== null && declared.to < declared.from) return no('INVALID_PERIOD', 'to');
  // A birth date that is not known makes nobody a minor, and so nobody a minor's guardian.
  if (isMinor(person.data.birthDate, shanghaiDay(services.now())) !== (ward === 'MINOR')) return no('INVALID', 'ward');
  if ((await services.store.load(persons, guardianId)) === null) return no('NOT_FOUND', 'guardianId');
  const suspected = suspectsOf({ ...person.data, reports: await reports(person.id) }).has(guardianId);
  const added = suspected ? await begunSuspended(work, declared) : declared;
  return change(work, 'GUARDIANSHIP_DECLARED', guardianId, (guardianships) =>
    guardianships.some((one) => isSame(one, declared)) ? guardianships : [...guardianships, added],
  );
}

/** Unless another guardianship of theirs waits for a release already: one release is enough. */
async function begunSuspended(work: GuardianshipWork, declared: Guardianship): Promise<Guardianship> {
  const { guardianId } = declared;
  if (suspendedOf(work, guardianId) !== undefined) return declared;
  return { ...declared, suspended: true, suspensions: [await newSuspension(work, guardianId, REPORTED)] };
}

function isSame(one: Guardianship, other: Guardianship): boolean {
  const { guardianId, kind, ward, from } = one;
  return guardianId === other.guardianId && kind === other.kind && ward === other.ward && from === other.from;
}

/** Ends it with this day, never later than it would have ended. */
export async function endGuardianship(
  work: GuardianshipWork,
  { guardianId, to, evidence }: EndGuardianshipInput,
): Promise<GuardianshipOutcome> {
  const paper = referenceText.safeParse(evidence);
  if (!paper.success) return no('INVALID', 'evidence');
  const current = currentOf(work, guardianId);
  if (current === undefined) return no('NOT_FOUND', 'guardianId');
  if (to < current.from || (current.to !== null && to > current.to)) return no('INVALID_PERIOD', 'to');
  return change(work, 'GUARDIANSHIP_ENDED', guardianId, (all) =>
    replaced(all, current, (one) => (one.to === to ? one : { ...one, to, endEvidence: paper.data })),
  );
}

/** The guardian neither consents, withdraws nor sees from now on, and is told nothing of it. */
export async function suspendGuardianship(
  work: GuardianshipWork,
  { guardianId, reason }: SuspendGuardianshipInput,
): Promise<GuardianshipOutcome> {
  const why = reasonText.safeParse(reason);
  if (!why.success) return no('INVALID', 'reason');
  const suspended = suspendedOf(work, guardianId);
  if (suspended !== undefined) return { guardianship: suspended, refusal: null };
  const current = currentOf(work, guardianId);
  if (current === undefined) return no('NOT_FOUND', 'guardianId');
  const suspension = await newSuspension(work, guardianId, why.data);
  return change(work, 'GUARDIANSHIP_SUSPENDED', guardianId, (all) =>
    replaced(all, current, (one) =>
      one.suspended ? one : { ...one, suspended: true, suspensions: [...one.suspensions, suspension] },
    ),
  );
}

async function newSuspension(work: GuardianshipWork, guardianId: string, reason: string): Promise<Suspension> {
  const { services, request } = work;
  const place = placeOf(work, suspensionsOf(work, guardianId) + 1, { guardianId, field: 'reason' });
  return {
    at: new Date(services.now()).toISOString(),
    by: request.caller.subject,
    reason: await services.vault.seal(reason, place),
    releasedAt: null,
    releasedBy: null,
    releaseReason: null,
  };
}

/** By an authorised human being other than the one who suspended; no timer ever does it. */
export async function releaseGuardianship(
  work: GuardianshipWork,
  { guardianId, reason }: SuspendGuardianshipInput,
): Promise<GuardianshipOutcome> {
  const { services, request } = work;
  const why = reasonText.safeParse(reason);
  if (!why.success) return no('INVALID', 'reason');
  const current = suspendedOf(work, guardianId);
  if (current === undefined) return no('NOT_FOUND', 'guardianId');
  const { subject } = request.caller;
  const count = current.suspensions.length;
  if (current.suspensions.at(-1)?.by === subject) return no('OWN_REVIEW', 'guardianId');
  const at = new Date(services.now()).toISOString();
  const sealed = await services.vault.seal(
    why.data,
    placeOf(work, suspensionsOf(work, guardianId), { guardianId, field: 'releaseReason' }),
  );
  const released = { releasedAt: at, releasedBy: subject, releaseReason: sealed };
  return change(work, 'GUARDIANSHIP_RELEASED', guardianId, (all) =>
    replaced(all, current, (one) =>
      // Released by another meanwhile, perhaps suspended anew: that one was not reviewed here.
      !one.suspended || one.suspensions.length !== count
        ? one
        : {
            ...one,
            suspended: false,
            suspensions: one.suspensions.map((each, i) => (i === count - 1 ? { ...each, ...released } : each)),
          },
    ),
  );
}

function currentOf({ ward, services }: GuardianshipWork, guardianId: string): Guardianship | undefined {
  return standingGuardianships(ward.data, services.now()).findLast((one) => one.guardianId === guardianId);
}

/** Ended or not: the guardian is barred until a release. */
function suspendedOf({ ward }: GuardianshipWork, guardianId: string): Guardianship | undefined {
  return ward.data.guardianships.findLast((one) => one.guardianId === guardianId && one.suspended);
}

/** Of all guardianships of one guardian together, so that no two sealed reasons share a place. */
function suspensionsOf({ ward }: GuardianshipWork, guardianId: string): number {
  const theirs = ward.data.guardianships.filter((one) => one.guardianId === guardianId);
  return theirs.reduce((sum, { suspensions }) => sum + suspensions.length, 0);
}

function placeOf(
  { ward }: GuardianshipWork,
  nth: number,
  { guardianId, field }: { guardianId: string; field: string },
) {
  return { collection: 'person', id: ward.id, field: `guardianship:${guardianId}:${nth}:${field}`, personId: ward.id };
}

/** The guardianship that was read, changed; another of the same guardian stays. */
function replaced(
  all: readonly Guardianship[],
  current: Guardianship,
  by: (one: Guardianship) => Guardianship,
): readonly Guardianship[] {
  return all.map((one) => (isSame(one, current) ? by(one) : one));
}

async function change(
  { services, ward }: GuardianshipWork,
  type: string,
  guardianId: string,
  move: (all: readonly Guardianship[]) => readonly Guardianship[],
): Promise<GuardianshipOutcome> {
  const saved = await updatePerson(services, ward.id, {
    type,
    change: (person: Person) => {
      const guardianships = move(person.guardianships);
      const same =
        guardianships.length === person.guardianships.length &&
        guardianships.every((one, i) => one === person.guardianships[i]);
      return same ? person : { ...person, guardianships };
    },
  });
  const guardianship = saved?.data.guardianships.findLast((one) => one.guardianId === guardianId);
  return guardianship === undefined ? no('NOT_FOUND', 'personId') : { guardianship, refusal: null };
}
