import { z } from 'zod';
import { parseDivision } from '../shared/division.ts';
import { normaliseIdNumber } from '../shared/id-number.ts';
import type { RegisterEntry, Sex } from '../shared/source.ts';
import { idIn, isFhirId } from './fhir-reference.ts';
import { code, dateIfAny, identifier, reference, words } from './fhir-types.ts';

const DIVISION_EXTENSION = /\/division-code$/;
/** HL7 v2-0203: national identifier in general, and of China. */
const NATIONAL = new Set(['NI', 'NNCHN']);
const SEXES = new Map<string | undefined, Sex>([
  ['male', 'MALE'],
  ['female', 'FEMALE'],
  ['other', 'UNSTATED'],
]);

const name = z.object({ use: code, text: words, family: words, given: z.array(words).max(20).default([]) });
const address = z.object({
  extension: z.array(z.looseObject({ url: z.string(), valueCode: code, valueString: code })).default([]),
});

const patientResource = z.object({
  id: z.string().refine(isFhirId),
  identifier: z.array(identifier).default([]),
  name: z.array(name).default([]),
  gender: code,
  birthDate: dateIfAny,
  address: z.array(address).default([]),
  link: z.array(z.object({ other: reference, type: code })).default([]),
});

/** A line of the register from a Patient of this server. */
export const registerEntryOf = (baseUrl: string) =>
  patientResource.transform((patient, context): RegisterEntry => {
    // A record that was merged into another says whose number the survivor's is claimed to be.
    const merged = patient.link.find(({ type }) => type === 'replaced-by');
    const localId = merged === undefined ? patient.id : idIn(merged.other.reference, 'Patient', baseUrl);
    if (localId === null) {
      context.addIssue({ code: 'custom', path: ['link'], message: 'replaced by no patient of this server' });
      return z.NEVER;
    }
    return {
      localId,
      idNumber: idNumberOf(patient.identifier),
      name: nameIn(patient.name),
      sex: SEXES.get(patient.gender) ?? 'UNKNOWN',
      birthDate: patient.birthDate ?? null,
      division: divisionOf(patient.address),
    };
  });

function idNumberOf(identifiers: readonly z.infer<typeof identifier>[]): string | null {
  const national = identifiers.find(({ type }) => type?.coding.some(({ code: kind }) => NATIONAL.has(kind ?? '')));
  return normaliseIdNumber(national?.value ?? '');
}

function nameIn(names: readonly z.infer<typeof name>[]): string {
  const used = names.find(({ use }) => use === 'official') ?? names[0];
  return used?.text ?? `${used?.family ?? ''}${used?.given.map((one) => one ?? '').join('') ?? ''}`;
}

function divisionOf(addresses: readonly z.infer<typeof address>[]): string | null {
  const extension = addresses.flatMap((one) => one.extension).find(({ url }) => DIVISION_EXTENSION.test(url));
  return parseDivision(extension?.valueCode ?? extension?.valueString ?? '');
}
