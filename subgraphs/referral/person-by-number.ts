import { changeEvent } from '../../adapters/audit/port.ts';
import { birthDateOf, normaliseIdNumber, sexOf } from '../../adapters/shared/id-number.ts';
import { StoreConflict } from '../../adapters/store/port.ts';
import { identityConflict, saysAName } from '../person/identity-conflict.ts';
import { cameByNumber } from '../person/made-decisions.ts';
import { BY_REPORT, idHashKey, type Person, persons, registrationKey, type StoredPerson } from '../person/person.ts';
import type { Applied } from './applied-of.ts';
import type { ReferralContext } from './referral-context.ts';
import { type Refusal, refused } from './refusal.ts';

/** Somebody as their ID number and name have them. */
export interface ByNumber {
  readonly idHash: string;
  readonly name: string;
  readonly sex: Person['sex'];
  readonly birthDate: string;
  /** Where whoever names them works; of one whom nobody registered, all that is known of where they live. */
  readonly division: string;
}

interface Given {
  readonly idNumber: string;
  readonly name: string;
  readonly division: string;
}

/** `null` = that is no ID number, or no name. */
export function byNumber({ idNumbers }: ReferralContext, { idNumber, name, division }: Given): ByNumber | null {
  const normal = normaliseIdNumber(idNumber);
  const idHash = idNumbers.hash(idNumber);
  const birthDate = normal === null ? null : birthDateOf(normal);
  if (normal === null || idHash === null || birthDate === null || !saysAName(name)) return null;
  return { idHash, name: name.trim(), sex: sexOf(normal) ?? 'UNKNOWN', birthDate, division };
}

/** Whom this number and name mean; `null` = nobody, or somebody of another name. The audit hears who was looked for. */
export async function knownByNumber(context: ReferralContext, given: ByNumber): Promise<StoredPerson | null> {
  const found = await context.reads.store.findByKey(persons, idHashKey(given.idHash));
  context.decisions.note(cameByNumber(found?.id ?? null));
  return found !== null && identityConflict(found.data, given) === null ? found : null;
}

const ATTEMPTS = 20;

type Found = StoredPerson | { readonly refusal: Refusal };

/**
 * The person of a report. The key of another request is refused, also where that one broke off after its person. Whom nobody registered yet is registered, without a link to any department: harm is reported
 * whether or not the hub knew of the child, and the answer is the same. So is one whose name contradicts what the hub
 * has under the number: they get an entry without it, and the recipient of the report finds out who is meant.
 */
export async function registeredByNumber(context: ReferralContext, given: ByNumber, applied: Applied): Promise<Found> {
  for (let tries = 1; ; tries += 1) {
    const known = (await madeBefore(context, applied)) ?? (await knownByNumber(context, given));
    if (known !== null) return known;
    try {
      return await register(context, given, applied);
    } catch (error) {
      // Somebody else registered them at the same moment: look again at what there is now.
      if (tries === ATTEMPTS || !(error instanceof StoreConflict)) throw error;
    }
  }
}

/** Somebody died between the person and the report. `null` = the key is new. */
async function madeBefore({ reads }: ReferralContext, applied: Applied): Promise<Found | null> {
  const { client, digest } = applied;
  const key = entryKey(applied);
  const found = await reads.store.findByKey(persons, registrationKey(client, key));
  if (found === null) return null;
  const isSame = found.data.registrations.some(
    (one) => one.client === client && one.idempotencyKey === key && one.inputDigest === digest,
  );
  return isSame ? found : refused('KEY_REUSED', 'idempotencyKey');
}

/** None that `registerPerson` takes: it trims its own. */
const entryKey = ({ key }: Applied): string => ` report ${key}`;

async function register(
  { reads, newId, by, request }: ReferralContext,
  { idHash, division, ...identity }: ByNumber,
  applied: Applied,
): Promise<StoredPerson> {
  const { store } = reads;
  const taken = (await store.findByKey(persons, idHashKey(idHash))) !== null;
  const at = new Date(reads.now()).toISOString();
  const data: Person = {
    ...identity,
    idHash: taken ? null : idHash,
    division,
    registrations: [
      {
        client: applied.client,
        idempotencyKey: entryKey(applied),
        inputDigest: applied.digest,
        purpose: request.purpose,
        basisReference: BY_REPORT,
        at,
        created: true,
      },
    ],
    links: [],
    lifeEvents: [],
    guardianships: [],
    careTeam: [],
    consents: [],
  };
  const id = newId();
  const events = [changeEvent(newId(), { change: 'PERSON_REGISTERED', personId: id, at, by })];
  const { version } = await store.save(persons, { id, data, expectedVersion: 0, events });
  return { id, version, data };
}
