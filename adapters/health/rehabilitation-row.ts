import { z } from 'zod';
import { meaningOf, REHABILITATION_STATUSES } from './code-sets.ts';
import { code, codeableConcept, date, dateIfAny, nameOf, reference } from './fhir-types.ts';
import type { Rehabilitation } from './port.ts';
import type { RowMaker } from './row-maker.ts';

const episodeOfCare = z.object({
  status: code,
  patient: reference,
  type: z.array(codeableConcept).refine((types) => nameOf(types[0]) !== null, 'names no programme'),
  period: z.object({ start: date, end: dateIfAny }),
  managingOrganization: reference.optional(),
});

export const rehabilitationRow: RowMaker<Rehabilitation> = {
  resourceType: 'EpisodeOfCare',
  patientParameter: 'patient',
  schema: episodeOfCare.transform(({ status, patient, type, period, managingOrganization }) => {
    const row: Rehabilitation = {
      programme: nameOf(type[0]) ?? '',
      station: managingOrganization?.display ?? null,
      status: meaningOf(REHABILITATION_STATUSES, status),
      from: period.start,
      to: period.end ?? null,
    };
    return { patient: patient.reference, businessKey: null, toRow: status === 'entered-in-error' ? null : () => row };
  }),
};
