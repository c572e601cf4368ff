import { z } from 'zod';
import { divisionPrefix } from '../../adapters/shared/division.ts';
import { defineCollection, type Stored } from '../../adapters/store/port.ts';
import { areaValues } from './area.ts';
import { LOCATION_KINDS } from './code-lists.ts';
import { entryEnvelope, phoneSchema, writeKeys } from './entry.ts';
import { division, entryId, orNull, prose, text } from './entry-texts.ts';

/** HSDS `location` with its one address. */
export const locationFields = z.object({
  organisation: entryId,
  name: text(),
  kind: z.enum(LOCATION_KINDS),
  division,
  address: orNull(text(200)),
  latitude: orNull(z.number().min(-90).max(90)),
  longitude: orNull(z.number().min(-180).max(180)),
  accessibility: prose(500).default(''),
  transportation: prose(500).default(''),
  phones: z.array(phoneSchema).max(10).readonly().default([]),
});
export type LocationFields = z.output<typeof locationFields>;
const locationSchema = locationFields.extend(entryEnvelope).readonly();
export type Location = z.infer<typeof locationSchema>;
export type StoredLocation = Stored<Location>;

/** Rooms, stations and clinics. */
export const locations = defineCollection({
  name: 'directory-location',
  schema: locationSchema,
  keys: writeKeys,
  indexes: {
    /** `[kind or *]|[place]`. */
    search: ({ kind, division: place, retiredAt }: Location) =>
      retiredAt !== null ? [] : ['*', kind].flatMap((k) => areaValues(place).map((at) => `${k}|${at}`)),
    byOrganisation: ({ organisation, retiredAt }: Location) => (retiredAt === null ? [organisation] : []),
  },
});

/** 区、街道（乡镇）、村（社区): which of the three levels a division is; a city counts with the districts. */
export function levelOf(place: string): 'DISTRICT' | 'TOWN' | 'VILLAGE' {
  const digits = divisionPrefix(place).length;
  return digits === 12 ? 'VILLAGE' : digits === 9 ? 'TOWN' : 'DISTRICT';
}
