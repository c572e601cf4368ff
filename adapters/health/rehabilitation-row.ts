import { z } from 'zod';
import { meaningOf, REHABILITATION, REHABILITATION_STATUSES } from './code-sets.ts';
import { code, codeableConcept, type CodeableConcept, date, dateIfAny, nameOf, reference } from './fhir-types.ts';
import type { Rehabilitation } from './port.ts';
import { hasCode } from './resource-kind.ts';
import type { RowMaker } from './row-maker.ts';

const episodeOfCare = z.object({
  status: code,
  patient: reference,
  type: z.array(codeableConcept).refine((types) => programmeOf(types) !== null, 'names no programme'),
  period: z.object({ start: date, end: dateIfAny }),
  managingOrganization: reference.optional(),
});

export const rehabilitationRow: RowMaker<Rehabilitation> = {
  resourceType: 'EpisodeOfCare',
  kind: { element: 'type', code: REHABILITATION },
  patientParameter: 'patient',
  schema: episodeOfCare.transform(({ status, patient, type, period, managingOrganization }) => {
    const row: Rehabilitation = {
      programme: programmeOf(type) ?? '',
      station: managingOrganization?.display ?? null,
      status: meaningOf(REHABILITATION_STATUSES, status),
      from: period.start,
      to: period.end ?? null,
    };
    return { patient: patient.reference, businessKey: null, toRow: status === 'entered-in-error' ? null : () => row };
  }),
};

/** Where an episode has several types, the one that makes it rehabilitation names the programme. */
function programmeOf(types: readonly CodeableConcept[]): string | null {
  return nameOf(types.find((type) => hasCode(type, REHABILITATION))) ?? nameOf(types[0]);
}
