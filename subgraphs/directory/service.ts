import { z } from 'zod';
import { defineCollection, type Stored } from '../../adapters/store/port.ts';
import { areaValues } from './area.ts';
import { AUDIENCES, SERVICE_KINDS, SERVICE_NEEDS, SERVICE_STATUSES } from './code-lists.ts';
import { LIFE_STAGES } from '../shared/life-stage.ts';
import { contactSchema, entryEnvelope, phoneSchema, writeKeys } from './entry.ts';
import { division, entryId, isoDate, language, orNull, prose, text } from './entry-texts.ts';
import { scheduleSchema } from './schedule.ts';

const MAX_AGE = 150;
const age = z.int().min(0).max(MAX_AGE);

const eligibilitySchema = z
  .object({
    /** Completed years, both ends included. */
    minimumAge: orNull(age),
    maximumAge: orNull(age),
    /** None = people of every stage. */
    lifeStages: z.array(z.enum(LIFE_STAGES)).readonly().default([]),
    audiences: z.array(z.enum(AUDIENCES)).readonly().default([]),
    description: prose(500).default(''),
  })
  .readonly()
  .refine(({ minimumAge, maximumAge }) => minimumAge === null || maximumAge === null || minimumAge <= maximumAge, {
    path: ['maximumAge'],
  });

/** HSDS `cost_option`; amounts in yuan. */
const costSchema = z
  .object({ option: text(), amount: z.number().min(0).max(1_000_000), description: prose(200).default('') })
  .readonly();

/** HSDS `service`, FHIR `HealthcareService`. */
export const serviceFields = z.object({
  organisation: entryId,
  name: text(),
  alternateName: orNull(text()),
  description: prose().default(''),
  kind: z.enum(SERVICE_KINDS),
  status: z.enum(SERVICE_STATUSES).default('ACTIVE'),
  needs: z.array(z.enum(SERVICE_NEEDS)).min(1).readonly(),
  eligibility: eligibilitySchema.default({
    minimumAge: null,
    maximumAge: null,
    lifeStages: [],
    audiences: [],
    description: '',
  }),
  /** Divisions that it serves. */
  areas: z.array(division).min(1).max(200).readonly(),
  locations: z.array(entryId).max(50).readonly().default([]),
  schedules: z.array(scheduleSchema).max(20).readonly().default([]),
  fees: z.array(costSchema).max(20).readonly().default([]),
  languages: z.array(language).max(20).readonly().default(['zh']),
  phones: z.array(phoneSchema).max(10).readonly().default([]),
  contacts: z.array(contactSchema).max(20).readonly().default([]),
  applicationProcess: prose(500).default(''),
  takesCrises: z.boolean().default(false),
  greenChannel: z.boolean().default(false),
  /** When somebody last checked that the entry is right. */
  assuredDate: orNull(isoDate),
});
export type ServiceFields = z.output<typeof serviceFields>;
const serviceSchema = serviceFields.extend(entryEnvelope).readonly();
export type Service = z.infer<typeof serviceSchema>;
export type StoredService = Stored<Service>;

/** Services of the directory. Only those that serve are found by a search; the others by id. */
export const services = defineCollection({
  name: 'directory-service',
  schema: serviceSchema,
  keys: writeKeys,
  indexes: {
    /** `[need or *]|[place]`. */
    search: ({ needs, areas, status, retiredAt }: Service) =>
      retiredAt !== null || status !== 'ACTIVE'
        ? []
        : ['*', ...needs].flatMap((need) => areas.flatMap(areaValues).map((at) => `${need}|${at}`)),
    byOrganisation: ({ organisation, retiredAt }: Service) => (retiredAt === null ? [organisation] : []),
  },
});
