/** Identifiers and codes that the hub makes itself: a name that nobody has registered and nothing resolves. */
const HUB = 'urn:xinqiao';

/** Systems of codes that HL7, DICOM and IHE publish, after HL7 FHIR R4 and IHE Basic Audit Log Patterns (BALP) 1.1. */
const SYSTEMS = {
  auditEventType: 'http://terminology.hl7.org/CodeSystem/audit-event-type',
  restfulInteraction: 'http://hl7.org/fhir/restful-interaction',
  lifecycle: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle',
  dicom: 'http://dicom.nema.org/resources/ontology/DCM',
  participation: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
  roleClass: 'http://terminology.hl7.org/CodeSystem/v3-RoleClass',
  actReason: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  sourceType: 'http://terminology.hl7.org/CodeSystem/security-source-type',
  entityType: 'http://terminology.hl7.org/CodeSystem/audit-entity-type',
  entityRole: 'http://terminology.hl7.org/CodeSystem/object-role',
  balpEntity: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType',
} as const;

/** A code of a published system, with its published name where readers want one. */
export function coding(system: keyof typeof SYSTEMS, code: string, display?: string) {
  return { system: SYSTEMS[system], code, ...(display !== undefined && { display }) };
}

/** A code of the hub's own. */
export function hubCoding(list: string, code: string) {
  return { system: `${HUB}:${list}`, code };
}

/** A reference by identifier: nothing of the hub is a FHIR resource. Where a caller wrote nothing but blanks it has no value. */
export function identified(list: string, value: string, type?: 'Device' | 'Organization' | 'Patient') {
  const identifier = { system: `${HUB}:${list}`, ...(value.trim() !== '' && { value: fhirString(value) }) };
  return { ...(type !== undefined && { type }), identifier };
}

/** A fact about the event that FHIR has no element for. */
export function hubExtension(name: string, value: string) {
  return { url: `${HUB}:${name}`, valueString: fhirString(value) };
}

/** FHIR R4 2.24.0.1, string: no control characters but tab and line breaks; a caller's text may have any. */
export function fhirString(value: string): string {
  return value.replaceAll(/(?![\t\r\n])\p{Cc}/gu, '\uFFFD');
}
