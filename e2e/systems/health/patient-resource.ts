import type { Patient } from '@medplum/fhirtypes';
import type { RegisterLine } from '../world/model.ts';
import type { Random } from '../world/random.ts';
import { DIVISION_EXTENSION, IDENTIFIER_TYPE } from './code-lists.ts';

interface Registration {
  readonly id: string;
  readonly mergedInto: string | null;
  readonly draw: Random;
}

/** A line of the register as FHIR. Some birth dates are known by their month only. */
export function patientResource(line: RegisterLine, { id, mergedInto, draw }: Registration): Patient & { id: string } {
  return {
    resourceType: 'Patient',
    id,
    identifier: [
      { type: typeOf('MR', '病案号'), system: 'https://emr.health.example/mrn', value: id },
      ...(line.idNumber === null ? [] : [{ type: typeOf('NNCHN', '居民身份证'), value: line.idNumber }]),
    ],
    active: mergedInto === null,
    name: [{ use: 'official', text: line.name }],
    gender: line.sex === 'MALE' ? 'male' : 'female',
    birthDate: draw.chance(0.02) ? line.birthDate.slice(0, 7) : line.birthDate,
    address: [{ use: 'home', extension: [{ url: DIVISION_EXTENSION, valueCode: line.division }] }],
    ...(mergedInto !== null && { link: [{ other: { reference: `Patient/${mergedInto}` }, type: 'replaced-by' }] }),
  };
}

const typeOf = (code: string, text: string) => ({ coding: [{ system: IDENTIFIER_TYPE, code }], text });
