import { z } from 'zod';
import { CLINICAL_STATUSES, meaningOf, VERIFICATIONS } from './code-sets.ts';
import { codeableConcept, type Coding, contained, dateIfAny, nameOf, reference } from './fhir-types.ts';
import type { Diagnosis, HealthCoding } from './port.ts';
import type { RowMaker } from './row-maker.ts';

/** Where several code systems name one diagnosis, the international one leads: `…/sid/icd-10`, `…/sid/icd-10-cm`. */
const INTERNATIONAL = /\/icd-1[01]/;

const condition = z.object({
  subject: reference,
  code: codeableConcept.refine((concept) => nameOf(concept) !== null || concept.coding.some(hasCode), 'names nothing'),
  clinicalStatus: codeableConcept.optional(),
  verificationStatus: codeableConcept.optional(),
  onsetDateTime: dateIfAny,
  onsetPeriod: z.object({ start: dateIfAny }).optional(),
  recordedDate: dateIfAny,
  recorder: reference.optional(),
  contained,
});

export const diagnosisRow: RowMaker<Diagnosis> = {
  resourceType: 'Condition',
  patientParameter: 'patient',
  schema: condition.transform(({ subject, ...found }) => {
    const verification = found.verificationStatus?.coding[0]?.code;
    return {
      patient: subject.reference,
      businessKey: null,
      toRow: verification === 'entered-in-error' ? null : () => toDiagnosis(found),
    };
  }),
};

function toDiagnosis(found: Omit<z.infer<typeof condition>, 'subject'>): Diagnosis {
  const { coding } = found.code;
  const leading = coding.find(({ system }) => INTERNATIONAL.test(system ?? '')) ?? coding[0];
  return {
    system: leading?.system ?? null,
    code: leading?.code ?? null,
    display: found.code.text ?? leading?.display ?? nameOf(found.code) ?? leading?.code ?? '',
    otherCodings: coding.filter((one) => one !== leading).map(toHealthCoding),
    clinicalStatus: meaningOf(CLINICAL_STATUSES, found.clinicalStatus?.coding[0]?.code),
    verification: meaningOf(VERIFICATIONS, found.verificationStatus?.coding[0]?.code),
    onset: found.onsetDateTime ?? found.onsetPeriod?.start ?? null,
    recorded: found.recordedDate ?? null,
    organisation: organisationOf(found),
  };
}

const role = z.object({ organization: reference.optional() });

/** R4 has no organisation at a Condition: it is that of who recorded it, often contained in the resource. */
function organisationOf({ recorder, contained: inside }: Pick<z.infer<typeof condition>, 'recorder' | 'contained'>) {
  const named = inside.find(({ id }) => recorder?.reference === `#${id}`);
  return role.safeParse(named).data?.organization?.display ?? null;
}

const hasCode = (one: Coding) => one.code !== undefined;
const toHealthCoding = ({ system = null, code = null, display = null }: Nullable<Coding>): HealthCoding => ({
  system,
  code,
  display,
});
type Nullable<T> = { [K in keyof T]: T[K] | null };
