/** A referral as FHIR R4 has it: a `ServiceRequest` says what is asked, a `Task` how far the hospital has come with it. */
import { type DeskReferral, isOver } from '../shared/referral-desk.ts';
import { isFhirId } from './fhir-reference.ts';

/** Of the hub's referral ids. */
export const REFERRAL_SYSTEM = 'urn:xinqiao:referral';
export const VERSION_URL = 'urn:xinqiao:referral:version';
const MASKED = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

const PRIORITIES = { ROUTINE: 'routine', URGENT: 'urgent', CRISIS: 'stat' } as const;

/** R4 requires a subject: before the referral is accepted it is masked. */
export function serviceRequestOf(referral: DeskReferral) {
  const { id, version, kind, priority, reasonCode, ageBand, division, organisation, serviceId, createdAt } = referral;
  const [subject, ...others] = referral.localIds
    .filter(isFhirId)
    .map((localId) => ({ reference: `Patient/${localId}` }));
  return {
    resourceType: 'ServiceRequest',
    identifier: [{ system: REFERRAL_SYSTEM, value: id }],
    extension: [
      { url: VERSION_URL, valueInteger: version },
      { url: 'urn:xinqiao:referral:age-band', valueCode: ageBand },
      ...(division === null ? [] : [{ url: 'urn:xinqiao:referral:division', valueCode: division }]),
      ...(serviceId === null ? [] : [{ url: 'urn:xinqiao:referral:service', valueString: serviceId }]),
    ],
    status: statusOf(referral),
    intent: 'order',
    priority: PRIORITIES[priority],
    category: [{ coding: [{ system: 'urn:xinqiao:referral:kind', code: kind }] }],
    reasonCode: [{ coding: [{ system: 'urn:xinqiao:referral:reason', code: reasonCode }] }],
    subject: subject ?? { extension: [{ url: MASKED, valueCode: 'masked' }] },
    ...(others.length > 0 && { supportingInfo: others }),
    performer: [{ identifier: { system: 'urn:xinqiao:organisation', value: organisation } }],
    authoredOn: createdAt,
  };
}

function statusOf({ state }: DeskReferral): string {
  if (state === 'ON_HOLD') return 'on-hold';
  if (state === 'COMPLETED') return 'completed';
  if (state === 'ENTERED_IN_ERROR') return 'entered-in-error';
  return isOver(state) ? 'revoked' : 'active';
}

/** Made once; from then on its status is the hospital's. */
export function taskOf({ id, createdAt }: DeskReferral, serviceRequestId: string) {
  return {
    resourceType: 'Task',
    identifier: [{ system: REFERRAL_SYSTEM, value: id }],
    status: 'requested',
    intent: 'order',
    code: { coding: [{ system: 'http://hl7.org/fhir/CodeSystem/task-code', code: 'fulfill' }] },
    focus: { reference: `ServiceRequest/${serviceRequestId}` },
    authoredOn: createdAt,
  };
}
