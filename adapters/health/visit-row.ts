import { z } from 'zod';
import { meaningOf, VISIT_CLASSES, VISIT_STATUSES } from './code-sets.ts';
import { code, codeableConcept, coding, date, dateIfAny, identifier, nameOf, reference } from './fhir-types.ts';
import type { Visit } from './port.ts';
import type { RowMaker } from './row-maker.ts';

const encounter = z.object({
  status: code,
  class: coding.optional(),
  subject: reference,
  identifier: z.array(identifier).default([]),
  period: z.object({ start: date, end: dateIfAny }),
  serviceType: codeableConcept.optional(),
  serviceProvider: reference.optional(),
});

export const visitRow: RowMaker<Visit> = {
  resourceType: 'Encounter',
  patientParameter: 'patient',
  schema: encounter.transform(({ status, subject, period, ...found }) => {
    const number = found.identifier.find(({ value }) => value !== undefined);
    const row: Visit = {
      date: period.start,
      end: period.end === undefined || period.end === period.start ? null : period.end,
      class: meaningOf(VISIT_CLASSES, found.class?.code) ?? 'OTHER',
      status: statusOf(status),
      service: nameOf(found.serviceType),
      organisation: found.serviceProvider?.display ?? null,
    };
    return {
      patient: subject.reference,
      businessKey: number === undefined ? null : `${number.system ?? ''}|${number.value}`,
      toRow: status === 'entered-in-error' ? null : () => row,
    };
  }),
};

function statusOf(status: string | undefined): Visit['status'] {
  const meaning = meaningOf(VISIT_STATUSES, status);
  return meaning === 'OTHER' ? null : meaning;
}
