import { z } from 'zod';
import { defineCollection, type Stored } from '../../adapters/store/port.ts';
import { areaValues } from './area.ts';
import { shanghaiDay } from '../../adapters/shared/shanghai-day.ts';
import { PROFESSIONS, SERVICE_NEEDS } from './code-lists.ts';
import { entryEnvelope, phoneSchema, writeKeys } from './entry.ts';
import { division, entryId, isoDate, language, orNull, text } from './entry-texts.ts';

/** FHIR `Practitioner.qualification`. */
const qualificationSchema = z
  .object({
    name: text(),
    issuer: orNull(text()),
    number: orNull(text()),
    issuedOn: orNull(isoDate),
    /** Last day on which it counts; `null` = it does not end. */
    expiresOn: orNull(isoDate),
  })
  .readonly();

/** FHIR `Practitioner` and `PractitionerRole` in one: somebody at an organisation, published by it. */
export const professionalFields = z.object({
  organisation: entryId,
  name: text(),
  profession: z.enum(PROFESSIONS),
  title: orNull(text()),
  qualifications: z.array(qualificationSchema).max(20).readonly().default([]),
  needs: z.array(z.enum(SERVICE_NEEDS)).readonly().default([]),
  languages: z.array(language).max(20).readonly().default(['zh']),
  /** Villages and communities whose named responsible professional this is. */
  responsibleFor: z.array(division).max(100).readonly().default([]),
  /** In the district's pool of experts. */
  expert: z.boolean().default(false),
  phones: z.array(phoneSchema).max(5).readonly().default([]),
});
export type ProfessionalFields = z.output<typeof professionalFields>;
const professionalSchema = professionalFields.extend(entryEnvelope).readonly();
export type Professional = z.infer<typeof professionalSchema>;
export type StoredProfessional = Stored<Professional>;

export const professionals = defineCollection({
  name: 'directory-professional',
  schema: professionalSchema,
  keys: writeKeys,
  indexes: {
    all: ({ retiredAt }: Professional) => (retiredAt === null ? ['*'] : []),
    byOrganisation: ({ organisation, retiredAt }: Professional) => (retiredAt === null ? [organisation] : []),
    byArea: ({ responsibleFor, retiredAt }: Professional) =>
      retiredAt === null ? responsibleFor.flatMap(areaValues) : [],
    experts: ({ expert, needs, retiredAt }: Professional) => (expert && retiredAt === null ? ['*', ...needs] : []),
  },
});

/** Its last day is over, by the calendar of China. */
export function isExpired(expiresOn: string | null, at: number): boolean {
  return expiresOn !== null && expiresOn < shanghaiDay(at);
}
