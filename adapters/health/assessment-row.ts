import { z } from 'zod';
import { LEVELS, meaningOf, PSYCHOLOGICAL_ASSESSMENT } from './code-sets.ts';
import { code, codeableConcept, type CodeableConcept, date, nameOf, organisationIn, reference } from './fhir-types.ts';
import type { HealthAssessment } from './port.ts';
import type { RowMaker } from './row-maker.ts';

/**
 * Scores (`valueInteger`, `valueQuantity`, `component`) and the words beside the level, which may quote one, have no
 * place in this schema: they stop at the door.
 */
const observation = z.object({
  status: code,
  category: z.array(codeableConcept).default([]),
  subject: reference,
  code: codeableConcept.refine((concept) => nameOf(concept) !== null, 'names no instrument'),
  effectiveDateTime: date,
  valueCodeableConcept: codeableConcept.optional(),
  performer: z.array(reference).default([]),
});

export const assessmentRow: RowMaker<HealthAssessment> = {
  resourceType: 'Observation',
  kind: { element: 'category', code: PSYCHOLOGICAL_ASSESSMENT },
  patientParameter: 'patient',
  schema: observation.transform((found) => {
    const instrument = found.code.coding[0];
    const row: HealthAssessment = {
      instrument: nameOf(found.code) ?? '',
      instrumentCode: instrument?.code ?? null,
      instrumentSystem: instrument?.system ?? null,
      date: found.effectiveDateTime,
      level: levelOf(found.valueCodeableConcept),
      organisation: organisationIn(found.performer),
    };
    const withdrawn = found.status === 'entered-in-error' || found.status === 'cancelled';
    return { patient: found.subject.reference, businessKey: null, toRow: withdrawn ? null : () => row };
  }),
};

function levelOf(value: CodeableConcept | undefined): HealthAssessment['level'] {
  if (value === undefined) return null;
  const meanings = value.coding.map(({ system, code: level }) => meaningOf(LEVELS, `${system ?? ''}|${level ?? ''}`));
  return meanings.find((meaning) => meaning !== 'OTHER') ?? 'OTHER';
}
