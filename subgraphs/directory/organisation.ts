import { z } from 'zod';
import { defineCollection, type Stored } from '../../adapters/store/port.ts';
import { areaValues } from './area.ts';
import { contactSchema, entryEnvelope, phoneSchema, writeKeys } from './entry.ts';
import { division, entryId, isoDate, orNull, prose, text } from './entry-texts.ts';
import { ORGANISATION_KINDS, type OrganisationKind } from './organisation-kinds.ts';

const KINDS = Object.keys(ORGANISATION_KINDS) as [OrganisationKind, ...OrganisationKind[]];

/** An evaluation that was published (评价结果向社会公开). */
const evaluationSchema = z
  .object({
    date: isoDate,
    by: text(),
    result: text(200),
    url: orNull(z.url({ protocol: /^https?$/ }).max(500)),
  })
  .readonly();

/** HSDS `organization`. */
export const organisationFields = z.object({
  name: text(),
  alternateName: orNull(text()),
  description: prose().default(''),
  kind: z.enum(KINDS),
  /** The department that it belongs to and that keeps its entry; `null` = a party without a departmental system. */
  department: orNull(z.string().regex(/^[A-Z]+(_[A-Z]+)*$/)),
  division,
  /** Whose notice an overdue referral of this organisation is. */
  supervisor: orNull(entryId),
  /** GB 32100: 18 characters; the check digit is warned about, never demanded. */
  creditCode: orNull(z.string().regex(/^[0-9A-HJ-NP-RTUW-Y]{18}$/)),
  email: orNull(z.email()),
  website: orNull(z.url({ protocol: /^https?$/ }).max(500)),
  phones: z.array(phoneSchema).max(10).readonly().default([]),
  contacts: z.array(contactSchema).max(20).readonly().default([]),
  evaluations: z.array(evaluationSchema).max(50).readonly().default([]),
});
export type OrganisationFields = z.output<typeof organisationFields>;
const organisationSchema = organisationFields.extend(entryEnvelope).readonly();
export type Organisation = z.infer<typeof organisationSchema>;
export type StoredOrganisation = Stored<Organisation>;

/** Organisations of the directory, by the id that stands in the tokens of their people and systems. */
export const organisations = defineCollection({
  name: 'directory-organisation',
  schema: organisationSchema,
  keys: writeKeys,
  indexes: {
    /** `[kind or *]|[department or *]|[place]`. */
    search: ({ kind, department, division: place, retiredAt }: Organisation) =>
      retiredAt !== null
        ? []
        : ['*', kind].flatMap((k) =>
            ['*', department ?? '-'].flatMap((d) => areaValues(place).map((at) => `${k}|${d}|${at}`)),
          ),
  },
});
