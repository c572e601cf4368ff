import { z } from 'zod';
import { MEDICATION_STATUSES, meaningOf } from './code-sets.ts';
import {
  code,
  codeableConcept,
  type CodeableConcept,
  contained,
  date,
  nameOf,
  organisationIn,
  period,
  reference,
  words,
} from './fhir-types.ts';
import type { HealthMedication } from './port.ts';
import type { Lookup, RowMaker } from './row-maker.ts';

const medicationRequest = z.object({
  status: code,
  subject: reference,
  authoredOn: date,
  requester: reference.optional(),
  dosageInstruction: z.array(z.object({ text: words })).default([]),
  dispenseRequest: z.object({ validityPeriod: period.optional() }).optional(),
  medicationCodeableConcept: codeableConcept.optional(),
  medicationReference: reference.optional(),
  contained,
});
type MedicationRequest = z.infer<typeof medicationRequest>;

export const medicationRow: RowMaker<HealthMedication> = {
  resourceType: 'MedicationRequest',
  patientParameter: 'patient',
  include: 'MedicationRequest:medication',
  schema: medicationRequest.transform((found) => ({
    patient: found.subject.reference,
    businessKey: null,
    toRow: found.status === 'entered-in-error' ? null : (lookup: Lookup) => toMedication(found, lookup),
  })),
};

function toMedication(found: MedicationRequest, lookup: Lookup): HealthMedication {
  const drug = found.medicationCodeableConcept ?? drugOf(found, lookup);
  const coding = drug?.coding.find((one) => one.code !== undefined);
  return {
    display: nameOf(drug) ?? found.medicationReference?.display ?? null,
    code: coding?.code ?? null,
    system: coding?.system ?? null,
    dosage: found.dosageInstruction[0]?.text ?? null,
    status: meaningOf(MEDICATION_STATUSES, found.status),
    date: found.authoredOn,
    to: found.dispenseRequest?.validityPeriod?.end ?? null,
    organisation: organisationIn(found.requester ? [found.requester] : []),
  };
}

/** Nothing else: a diagnosis has a `code` too, and it may be another person's. */
const medication = z.object({ resourceType: z.literal('Medication'), code: codeableConcept.optional() });

/** The drug's own record: contained, or sent along, or missing: then the prescription stands without a name. */
function drugOf(
  { medicationReference, contained: inside }: MedicationRequest,
  lookup: Lookup,
): CodeableConcept | undefined {
  const wanted = medicationReference?.reference;
  const found = wanted?.startsWith('#') ? inside.find(({ id }) => wanted === `#${id}`) : lookup(wanted);
  return medication.safeParse(found).data?.code;
}
