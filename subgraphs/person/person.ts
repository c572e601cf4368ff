import { z } from 'zod';
import type { Sex } from '../../adapters/shared/source.ts';
import { defineCollection, type Stored } from '../../adapters/store/port.ts';
import { careTeamMemberSchema } from './care-team.ts';
import { consentSchema } from './consent/consent.ts';
import { activeLinks, linkKey, linkSchema } from './crosswalk.ts';
import { guardianshipSchema } from './guardianship/guardianship.ts';
import { lifeEventSchema } from './life-stages.ts';

export const SEXES = ['UNKNOWN', 'MALE', 'FEMALE', 'UNSTATED'] as const satisfies readonly Sex[];

/** That a department began to care for the person: the idempotency key it used and the matter it acts on. */
const registrationSchema = z
  .object({
    client: z.string(),
    idempotencyKey: z.string(),
    /** Digest of the input, to tell a repetition from another request under the same key. */
    inputDigest: z.string(),
    purpose: z.string(),
    basisReference: z.string(),
    at: z.string(),
    /** The department did not know the person before. */
    created: z.boolean(),
  })
  .readonly();
export type Registration = z.infer<typeof registrationSchema>;

const personSchema = z
  .object({
    /** HMAC of the ID number; `null` while nobody has given one. */
    idHash: z.string().nullable(),
    name: z.string(),
    sex: z.enum(SEXES),
    /** ISO date, may be partial. */
    birthDate: z.string().nullable(),
    /** Of residence. */
    division: z.string(),
    registrations: z.array(registrationSchema).readonly(),
    links: z.array(linkSchema).readonly(),
    lifeEvents: z.array(lifeEventSchema).readonly(),
    guardianships: z.array(guardianshipSchema).readonly(),
    careTeam: z.array(careTeamMemberSchema).readonly(),
    consents: z.array(consentSchema).readonly(),
  })
  .readonly();
export type Person = z.infer<typeof personSchema>;
/** Known by reports alone, which say a name that nobody checked: no department ever cared for them. */
export const isOnlyReported = ({ links, registrations }: Pick<Person, 'links' | 'registrations'>): boolean =>
  links.length === 0 && registrations.length > 0 && registrations.every((one) => one.basisReference === BY_REPORT);

/** In place of the matter that a department acts on. */
export const BY_REPORT = '';

export type StoredPerson = Stored<Person>;

export const idHashKey = (hash: string): string => `idHash:${hash}`;

/** JSON, so that no client and key together look like another pair. */
export const registrationKey = (client: string, idempotencyKey: string): string =>
  `registration:${JSON.stringify([client, idempotencyKey])}`;

/** Persons of the hub: one ID number, one local id and one idempotency key belong to one of them only. */
export const persons = defineCollection({
  name: 'person',
  schema: personSchema,
  keys: (person: Person) => [
    ...(person.idHash === null ? [] : [idHashKey(person.idHash)]),
    ...activeLinks(person.links).map(linkKey),
    ...person.registrations.map(({ client, idempotencyKey }) => registrationKey(client, idempotencyKey)),
  ],
  indexes: {
    byDepartment: (person: Person) => activeLinks(person.links).map(({ department }) => department),
    /** All that were ever recorded: whether one stands now is the reader's to ask. */
    byGuardian: (person: Person) => person.guardianships.map(({ guardianId }) => guardianId),
  },
});
