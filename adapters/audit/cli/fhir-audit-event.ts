import type { AuditedPerson, AuditRecord, ChangeRecord, RequestRecord } from '../port.ts';
import { agentsOf, HUB, HUB_AGENT, HUB_ALONE, purposeConcepts } from './fhir-agents.ts';
import { coding, hubExtension } from './fhir-coding.ts';
import {
  documentEntity,
  factsEntity,
  logEntity,
  patientEntity,
  queryEntity,
  shownEntities,
  transactionEntity,
} from './fhir-entities.ts';

const BALP = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit';

/** FHIR R4 AuditEvent.outcome: 0 success, 4 minor failure, 8 serious failure. */
const SUCCESS = '0';
const MINOR_FAILURE = '4';
const OUTCOMES = { ANSWERED: SUCCESS, REFUSED: MINOR_FAILURE, FAILED: '8' } as const;

/**
 * A record as FHIR R4 AuditEvents after IHE BALP 1.1 (ITI TF-3 5.7.3): one for each person of whom something was asked
 * (the pattern knows one patient an event), or one without a patient. Only what succeeded claims a profile: all of them
 * are of successes. Mutations claim none, their changes do.
 */
export function fhirAuditEvents(record: AuditRecord): readonly object[] {
  switch (record.kind) {
    case 'REQUEST':
      return forEach(record.persons, (person) => requestEvent(record, person));
    case 'CHANGE':
      return [changeEvent(record)];
    case 'WITHHELD':
      return forEach(record.persons, (person) => ({
        ...restEvent(record, { interaction: 'search', action: 'E', outcome: MINOR_FAILURE }),
        outcomeDesc: record.kind,
        agent: [HUB_AGENT],
        entity: [...patients(person), factsEntity([['kind', record.kind]]), transactionEntity(record.request)],
      }));
    case 'RETIRED':
      return [
        {
          ...base(record),
          type: coding('lifecycle', 'archive'),
          action: 'D',
          outcome: SUCCESS,
          agent: HUB_ALONE,
          entity: [
            logEntity(record.log, [
              ['first', `${record.first}`],
              ['last', `${record.last}`],
              ['lastHash', record.lastHash],
            ]),
          ],
        },
      ];
  }
}

function requestEvent(record: RequestRecord, person: AuditedPerson | null) {
  const { operation, purpose, codes } = record;
  const inVain = person?.visible === false && person.coordinates === null;
  const outcome = inVain && record.outcome !== 'FAILED' ? MINOR_FAILURE : OUTCOMES[record.outcome];
  const isQuery = operation?.type === 'query';
  const profile = isQuery && outcome === SUCCESS ? `${person?.id == null ? '' : 'Patient'}Query` : null;
  return {
    ...restEvent(record, { profile, interaction: isQuery ? 'search' : 'operation', action: 'E', outcome }),
    ...(codes.length > 0 && { outcomeDesc: codes.join(' ') }),
    purposeOfEvent: purposeConcepts(purpose),
    agent: agentsOf(record.actor, { purpose, changes: false }),
    entity: [
      ...patients(person?.id ?? null),
      ...(operation === null ? [] : [queryEntity(operation)]),
      ...shownEntities(record, person),
      transactionEntity(record.id),
    ],
  };
}

function changeEvent(record: ChangeRecord) {
  const { actor, purpose, personId, request } = record;
  const made = record.version === 1 ? CREATE : UPDATE;
  const purposes = purposeConcepts(purpose);
  return {
    ...restEvent(record, {
      ...made,
      profile: `${personId === null ? '' : 'Patient'}${made.profile}`,
      outcome: SUCCESS,
    }),
    ...(purposes.length > 0 && { purposeOfEvent: purposes }),
    agent: actor === null ? HUB_ALONE : agentsOf(actor, { purpose, changes: true }),
    entity: [...patients(personId), documentEntity(record), ...(request === null ? [] : [transactionEntity(request)])],
  };
}

const CREATE = { profile: 'Create', interaction: 'create', action: 'C' } as const;
const UPDATE = { profile: 'Update', interaction: 'update', action: 'U' } as const;

interface Interaction {
  readonly profile?: string | null;
  readonly interaction: 'create' | 'operation' | 'search' | 'update';
  readonly action: 'C' | 'E' | 'U';
  readonly outcome: string;
}

function restEvent(record: AuditRecord, { profile = null, interaction, action, outcome }: Interaction) {
  return {
    ...base(record),
    ...(profile !== null && { meta: { profile: [`${BALP}.${profile}`] } }),
    type: coding('auditEventType', 'rest', 'RESTful Operation'),
    subtype: [coding('restfulInteraction', interaction)],
    action,
    outcome,
  };
}

function base({ id, at }: AuditRecord) {
  return {
    resourceType: 'AuditEvent',
    recorded: at,
    source: { site: 'xinqiao', observer: HUB, type: [coding('sourceType', '4', 'Application Server')] },
    extension: [hubExtension('record', id)],
  };
}

const patients = (id: string | null) => (id === null ? [] : [patientEntity(id)]);

/** One event each; one with nobody where there is nobody. */
function forEach<Person>(persons: readonly Person[], event: (person: Person | null) => object): readonly object[] {
  return persons.length === 0 ? [event(null)] : persons.map(event);
}
