import type { AuditActor, AuditedPerson, AuditRecord, RequestRecord } from '../port.ts';

/** Systems of codes, after HL7 FHIR R4 and IHE Basic Audit Log Patterns (BALP). */
const AUDIT_EVENT_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-event-type';
const RESTFUL_INTERACTION = 'http://hl7.org/fhir/restful-interaction';
const DICOM = 'http://dicom.nema.org/resources/ontology/DCM';
const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
const ACT_REASON = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
const ENTITY_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const ENTITY_ROLE = 'http://terminology.hl7.org/CodeSystem/object-role';
const BALP = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit';
const BALP_ENTITY = 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType';
/** Identifiers that the hub makes; the name is the hub's own (RFC 8141 leaves informal ones to their users). */
const HUB = 'urn:xinqiao';

/** Purposes in HL7's words. */
const PURPOSE_CODES: Readonly<Record<string, string>> = {
  CARE: 'TREAT',
  REFERRAL: 'COORD',
  CRISIS_RESPONSE: 'ETREAT',
  MANDATORY_REPORTING: 'PUBHLTH',
  STATISTICS: 'HOPERAT',
  SELF_ACCESS: 'PATRQT',
  AUDIT: 'HCOMPL',
};

/** FHIR R4 AuditEvent.outcome: 0 success, 4 minor failure, 8 serious failure. */
const OUTCOMES = { ANSWERED: '0', REFUSED: '4', FAILED: '8' } as const;

/**
 * A record as FHIR R4 AuditEvents after IHE BALP: one for each person of whom something was asked (the pattern knows one
 * patient an event), or one without a patient. Field coordinates and bases stand as details of the data entity.
 */
export function fhirAuditEvents(record: AuditRecord): readonly object[] {
  switch (record.kind) {
    case 'REQUEST':
      return record.persons.length === 0
        ? [requestEvent(record, null)]
        : record.persons.map((person) => requestEvent(record, person));
    case 'CHANGE':
      return [
        {
          ...base(record, { profile: 'PatientUpdate', interaction: 'update', action: 'U' }),
          outcome: '0',
          agent: record.actor === null ? [HUB_AGENT] : agentsOf(record.actor, record.purpose ?? ''),
          entity: [
            ...(record.personId === null ? [] : [patient(record.personId)]),
            data([
              ['change', record.change],
              ['document', `${record.collection}/${record.document}/${record.version}`],
            ]),
            ...(record.request === null ? [] : [transaction(record.request)]),
          ],
        },
      ];
    case 'WITHHELD':
    case 'RETIRED':
      return [
        {
          ...base(record, { profile: 'Read', interaction: 'read', action: 'E' }),
          outcome: record.kind === 'WITHHELD' ? '4' : '0',
          agent: [HUB_AGENT],
          entity: [
            ...(record.kind === 'WITHHELD' ? record.persons.map(patient) : []),
            data([['kind', record.kind]]),
            ...(record.kind === 'WITHHELD' ? [transaction(record.request)] : []),
          ],
        },
      ];
  }
}

function requestEvent(record: RequestRecord, person: AuditedPerson | null) {
  const profile = person === null ? 'Query' : 'PatientQuery';
  const shown = Object.entries(person?.shown ?? {});
  const coordinates = person === null ? record.others : (record.coordinates[person.coordinates ?? -1] ?? []);
  return {
    ...base(record, { profile, interaction: 'search', action: 'E' }),
    outcome: person?.visible === false ? '4' : OUTCOMES[record.outcome],
    agent: agentsOf(record.actor, record.purpose),
    entity: [
      ...(person?.id == null ? [] : [patient(person.id)]),
      {
        ...data([
          ...shown.map(([category, { basis, ground }]) => [category, ground === null ? basis : `${basis} ${ground}`]),
          ...coordinates.map((coordinate) => ['field', coordinate]),
        ]),
        ...(record.operation?.name != null && { name: record.operation.name }),
      },
      transaction(record.id),
    ],
  };
}

function base(
  { id, at }: AuditRecord,
  { profile, interaction, action }: { profile: string; interaction: string; action: string },
) {
  return {
    resourceType: 'AuditEvent',
    meta: { profile: [`${BALP}.${profile}`] },
    type: { system: AUDIT_EVENT_TYPE, code: 'rest', display: 'Restful Operation' },
    subtype: [{ system: RESTFUL_INTERACTION, code: interaction }],
    action,
    recorded: at,
    source: { site: 'xinqiao', observer: { identifier: { system: `${HUB}:hub`, value: 'xinqiao' } } },
    extension: [{ url: `${HUB}:record`, valueString: id }],
  };
}

const HUB_AGENT = {
  type: { coding: [{ system: DICOM, code: '110152', display: 'Destination Role ID' }] },
  who: { identifier: { system: `${HUB}:hub`, value: 'xinqiao' } },
  requestor: false,
};

function agentsOf({ client, subject, organisation }: AuditActor, purpose: string) {
  const code = PURPOSE_CODES[purpose];
  const who = (system: string, value: string) => ({ identifier: { system: `${HUB}:${system}`, value } });
  return [
    {
      type: { coding: [{ system: DICOM, code: '110153', display: 'Source Role ID' }] },
      who: who('client', client),
      requestor: false,
    },
    HUB_AGENT,
    {
      type: { coding: [{ system: PARTICIPATION, code: 'IRCP', display: 'information recipient' }] },
      who: who('subject', subject),
      requestor: true,
      ...(organisation !== null && { policy: [`${HUB}:organisation:${organisation}`] }),
      ...(code !== undefined && { purposeOfUse: [{ coding: [{ system: ACT_REASON, code }], text: purpose }] }),
    },
  ];
}

function patient(id: string) {
  return {
    what: { identifier: { system: `${HUB}:person`, value: id } },
    type: { system: ENTITY_TYPE, code: '1', display: 'Person' },
    role: { system: ENTITY_ROLE, code: '1', display: 'Patient' },
  };
}

function data(details: readonly (readonly string[])[]) {
  return {
    type: { system: ENTITY_TYPE, code: '2', display: 'System Object' },
    role: { system: ENTITY_ROLE, code: '4', display: 'Domain Resource' },
    ...(details.length > 0 && { detail: details.map(([type, valueString]) => ({ type, valueString })) }),
  };
}

function transaction(requestId: string) {
  return {
    what: { identifier: { system: `${HUB}:request`, value: requestId } },
    type: { system: BALP_ENTITY, code: 'XrequestId' },
  };
}
