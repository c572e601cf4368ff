/**
 * What IHE Basic Audit Log Patterns (BALP) 1.1 asks of an AuditEvent, in our words, as FHIRPath that must be true. The
 * profiles stand in ITI TF-3 5.7.3 "RESTful activities", one page each: StructureDefinition-IHE.BasicAudit.PatientQuery
 * and so on. "No names" is ours (BALP 1:52.5: identifiers, and no details that can be looked up).
 */
type Claim = readonly [says: string, expression: string];

const agentsOf = (dicom: string) =>
  `agent.where(type.coding.where(system = 'http://dicom.nema.org/resources/ontology/DCM' and code = '${dicom}').exists())`;
const ROLE = 'http://terminology.hl7.org/CodeSystem/object-role';
const OBJECT = `entity.where(type.system = 'http://terminology.hl7.org/CodeSystem/audit-entity-type' and type.code = '2')`;
const PATIENT = `entity.where(type.system = 'http://terminology.hl7.org/CodeSystem/audit-entity-type' and type.code = '1')`;
const TRANSACTION = `entity.where(type.system = 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType' and type.code = 'XrequestId')`;
const userOf = (...codes: readonly string[]) =>
  `agent.where(type.coding.where(system = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType' and (${codes
    .map((code) => `code = '${code}'`)
    .join(' or ')})).exists())`;

const machine = (slice: string, code: string): readonly Claim[] => [
  [`agent[${slice}] 1..1 is DCM ${code}`, `${agentsOf(code)}.count() = 1`],
  [`agent[${slice}].who 1..1`, `${agentsOf(code)}.who.count() = 1`],
  [`agent[${slice}].network 1..1`, `${agentsOf(code)}.network.count() = 1`],
  [`agent[${slice}].media 0..0`, `${agentsOf(code)}.media.empty()`],
];

const user = (...codes: readonly string[]): readonly Claim[] => [
  [`agent[user] 0..1 is ${codes.join(', ')}`, `${userOf(...codes)}.count() <= 1`],
  ['who asks is agent[user]', `agent.where(requestor = true).count() = 1`],
  ['agent[user].who 1..1', `${userOf(...codes)}.all(who.count() = 1)`],
  ['agent[user].requestor is true', `${userOf(...codes)}.all(requestor = true)`],
  ['agent[user].network, media 0..0', `${userOf(...codes)}.all(network.empty() and media.empty())`],
];

/** Of every event, whatever it is about and however it ended. */
export const EVERY_EVENT: readonly Claim[] = [
  ['source.observer is known', `source.observer.identifier.value.exists()`],
  ['source.type is an application server', `source.type.where(code = '4').exists()`],
  [
    'no names',
    `agent.name.empty() and agent.who.display.empty() and entity.name.empty() and entity.what.display.empty()`,
  ],
  ['entity[transaction] 0..1', `${TRANSACTION}.count() <= 1`],
  ['entity[transaction].what.identifier.value 1..1', `${TRANSACTION}.all(what.identifier.value.count() = 1)`],
  ['one patient an event (PatientQuery, description)', `${PATIENT}.count() <= 1`],
  ['entity[patient].role is 1 Patient', `${PATIENT}.all(role.system = '${ROLE}' and role.code = '1')`],
  ['entity[patient].what only Reference(Patient)', `${PATIENT}.all(what.type = 'Patient')`],
  ['what failed claims no profile for a success', `outcome = '0' or meta.profile.empty()`],
];

/** What an event that claims any other profile cannot keep to. */
export const UNKNOWN_PROFILE: readonly Claim[] = [['the profile is one of BALP', 'false']];

const REST: readonly Claim[] = [
  ['type is rest', `type.system = 'http://terminology.hl7.org/CodeSystem/audit-event-type' and type.code = 'rest'`],
  ['recorded 1..1', `recorded.count() = 1`],
  ['outcome is 0 Success', `outcome = '0'`],
  ...machine('client', '110153'),
  ...machine('server', '110152'),
];

const interaction = (...codes: readonly string[]): Claim => [
  `subtype is ${codes.join(' or ')}`,
  `subtype.where(system = 'http://hl7.org/fhir/restful-interaction' and (${codes
    .map((code) => `code = '${code}'`)
    .join(' or ')})).exists()`,
];
const action = (code: string): Claim => [`action is ${code}`, `action = '${code}'`];
const WITH_PATIENT: readonly Claim[] = [
  ['entity[patient] 1..1', `${PATIENT}.count() = 1`],
  ['entity[patient].what 1..1', `${PATIENT}.what.count() = 1`],
];

const QUERY: readonly Claim[] = [
  ...REST,
  interaction('search', 'search-type', 'search-system'),
  action('E'),
  ...user('IRCP'),
  ['entity[query] 1..1', `${OBJECT}.count() = 1`],
  ['entity[query].role is 24 Query', `${OBJECT}.all(role.system = '${ROLE}' and role.code = '24')`],
  [
    'entity[query].what, lifecycle, detail 0..0',
    `${OBJECT}.all(what.empty() and lifecycle.empty() and detail.empty())`,
  ],
  ['entity[query].query 1..1', `${OBJECT}.query.count() = 1`],
];

const change = (code: string, ...interactions: readonly string[]): readonly Claim[] => [
  ...REST,
  interaction(...interactions),
  action(code),
  // Value set DataSources.
  ...user('AUT', 'INF', 'CST'),
  ['entity[data] 1..1', `${OBJECT}.count() = 1`],
  // Value set RestObjectRoles.
  [
    'entity[data].role is 3, 4 or 20',
    `${OBJECT}.all(role.system = '${ROLE}' and (role.code = '3' or role.code = '4' or role.code = '20'))`,
  ],
  ['entity[data].what 1..1', `${OBJECT}.what.count() = 1`],
];

const BALP = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit';

/** Profile → what it asks. */
export const PROFILE_CLAIMS: Readonly<Record<string, readonly Claim[]>> = {
  [`${BALP}.Query`]: QUERY,
  [`${BALP}.PatientQuery`]: [...QUERY, ...WITH_PATIENT],
  [`${BALP}.Create`]: change('C', 'create'),
  [`${BALP}.PatientCreate`]: [...change('C', 'create'), ...WITH_PATIENT],
  [`${BALP}.Update`]: change('U', 'update', 'patch'),
  [`${BALP}.PatientUpdate`]: [...change('U', 'update', 'patch'), ...WITH_PATIENT],
};
