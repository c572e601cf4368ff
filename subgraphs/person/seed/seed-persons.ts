import { z } from 'zod';
import type { Store } from '../../../adapters/store/port.ts';
import { careTeamMemberSchema } from '../care-team.ts';
import { consentSchema } from '../consent/consent.ts';
import { guardianshipSchema } from '../guardianship/guardianship.ts';
import type { IdNumberHash } from '../id-number-hash.ts';
import { lifeEventSchema } from '../life-stages.ts';
import { type Person, persons, SEXES } from '../person.ts';

const seededPerson = z.object({
  id: z.string().min(1),
  idNumber: z.string().nullable(),
  name: z.string(),
  sex: z.enum(SEXES),
  birthDate: z.string().nullable(),
  division: z.string(),
  links: z.array(z.object({ department: z.string(), localId: z.string(), division: z.string() })),
  guardianships: z.array(guardianshipSchema).default([]),
  careTeam: z.array(careTeamMemberSchema).default([]),
  consents: z.array(consentSchema).default([]),
  lifeEvents: z.array(lifeEventSchema).default([]),
});

/** Persons in care as a file tells them, for demonstration and tests: with agreements made before, and care teams, which have no mutations yet. */
export const seedSchema = z.object({ persons: z.array(seededPerson) });
export type Seed = z.input<typeof seedSchema>;

/** Puts the persons of a seed into the store; those that are there already stay as they are. Answers how many are new. */
export async function seedPersons(
  seed: z.output<typeof seedSchema>,
  { store, idNumberHash, now }: { store: Store; idNumberHash: IdNumberHash; now: () => number },
): Promise<number> {
  const at = new Date(now()).toISOString();
  const known = await store.loadMany(
    persons,
    seed.persons.map(({ id }) => id),
  );
  const fresh = seed.persons.filter((_, i) => known[i] === null);
  for (const { id, idNumber, links, ...rest } of fresh) {
    const data: Person = {
      ...rest,
      idHash: idNumber === null ? null : idNumberHash(idNumber),
      registrations: [],
      links: links.map((link) => ({
        ...link,
        evidence: 'ID_NUMBER',
        linkedBy: 'seed',
        linkedAt: at,
        unlinkedAt: null,
        unlinkedBy: null,
        unlinkReason: null,
      })),
    };
    await store.save(persons, { id, data, expectedVersion: 0 });
  }
  return fresh.length;
}
