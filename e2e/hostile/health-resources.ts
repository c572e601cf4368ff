/** What the health department's server says of one person, by type of resource. */
import { FOLLOW_UP, PSYCHOLOGICAL_ASSESSMENT, REHABILITATION } from '../../adapters/health/code-sets.ts';
import { type MarkedPerson, PEOPLE } from './people.ts';

export const HEALTH_BASE = 'http://health.test/fhir/R4';
/** The second and the fifth differ by case only: to FHIR they are two persons. */
export const HEALTH_IDS = ['pat-a', 'pat-b', 'pat-c', 'pat-d', 'PAT-B', 'pat.e'];

const concept = (systemAndCode: string, display: string) => {
  const [system, code] = systemAndCode.split('|');
  return { coding: [{ system, code, display }], text: display };
};

interface About {
  readonly id: string;
  readonly person: MarkedPerson;
  readonly n: number;
}

const MAKERS: Readonly<Record<string, (about: About) => readonly object[]>> = {
  Encounter: ({ id, person: { mark, year }, n }) => [
    {
      resourceType: 'Encounter',
      id: `enc-${id}-${n}`,
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject: { reference: `Patient/${id}` },
      identifier: [{ system: 'urn:visits', value: `${mark}${n}` }],
      period: { start: `${year}-01-0${1 + n}T09:00:00+08:00`, end: `${year}-02-01` },
      serviceType: { text: `${mark}科` },
      serviceProvider: { reference: 'Organization/1', display: `${mark}医院` },
    },
  ],
  Condition: ({ id, person: { mark, year }, n }) => [
    {
      resourceType: 'Condition',
      id: `con-${id}-${n}`,
      subject: { reference: n === 0 ? `Patient/${id}` : `${HEALTH_BASE}/Patient/${id}` },
      code: {
        coding: [
          { system: 'http://hl7.org/fhir/sid/icd-10', code: `F32${mark}`, display: `${mark}发作` },
          { system: 'urn:local', code: `L${mark}`, display: `${mark}本地` },
        ],
        text: `${mark}诊断`,
      },
      clinicalStatus: concept('urn:c|active', mark),
      verificationStatus: concept('urn:v|confirmed', mark),
      onsetDateTime: `${year}-03-0${1 + n}`,
      recordedDate: `${year}-04`,
      recorder: { reference: '#r' },
      contained: [
        {
          resourceType: 'PractitionerRole',
          id: 'r',
          organization: { reference: 'Organization/1', display: `${mark}中心` },
        },
      ],
      note: [{ text: `${mark}病史` }],
    },
  ],
  Observation: ({ id, person: { mark, year, count }, n }) => [
    {
      resourceType: 'Observation',
      id: `obs-${id}-${n}`,
      status: 'final',
      category: [concept(PSYCHOLOGICAL_ASSESSMENT, mark)],
      subject: { reference: `Patient/${id}` },
      code: { coding: [{ system: `urn:${mark}`, code: `Q${mark}`, display: `${mark}量表` }] },
      effectiveDateTime: `${year}-05-0${1 + n}`,
      valueCodeableConcept: concept('http://snomed.info/sct|6736007', mark),
      valueInteger: count,
      performer: [{ reference: 'Organization/1', display: `${mark}院` }],
    },
  ],
  CarePlan: ({ id, person: { mark, year }, n }) => [
    {
      resourceType: 'CarePlan',
      id: `pla-${id}-${n}`,
      status: 'active',
      title: `${mark}随访`,
      category: [concept(FOLLOW_UP, mark)],
      subject: { reference: `Patient/${id}` },
      period: { start: `${year}-06-0${1 + n}`, end: `${year}-07-01` },
      contributor: [{ reference: 'Organization/1', display: `${mark}社区` }],
      activity: [
        { detail: { status: 'completed', scheduledPeriod: { start: `${year}-06-10`, end: `${year}-06-11` } } },
        {
          detail: {
            status: 'scheduled',
            scheduledTiming: { event: [`${year}-08-01`], repeat: { period: 2 + n, periodUnit: 'wk' } },
            performer: [{ display: `${mark}医生` }],
          },
        },
      ],
    },
  ],
  MedicationRequest: ({ id, person: { mark, year }, n }) => [
    {
      resourceType: 'MedicationRequest',
      id: `req-${id}-${n}`,
      status: 'active',
      subject: { reference: `Patient/${id}` },
      authoredOn: `${year}-09-0${1 + n}`,
      requester: { reference: 'Organization/1', display: `${mark}门诊` },
      dosageInstruction: [{ text: `${mark}每日一次` }],
      dispenseRequest: { validityPeriod: { end: `${year}-10-01` } },
      medicationReference: { reference: `Medication/med-${id}-${n}`, display: `${mark}药名` },
    },
    {
      resourceType: 'Medication',
      id: `med-${id}-${n}`,
      code: { coding: [{ system: `urn:${mark}`, code: `M${mark}`, display: `${mark}片` }] },
    },
  ],
  EpisodeOfCare: ({ id, person: { mark, year }, n }) => [
    {
      resourceType: 'EpisodeOfCare',
      id: `epi-${id}-${n}`,
      status: 'active',
      patient: { reference: `Patient/${id}` },
      type: [concept(REHABILITATION, `${mark}康复`)],
      period: { start: `${year}-11-0${1 + n}`, end: `${year}-12-01` },
      managingOrganization: { reference: 'Organization/1', display: `${mark}站` },
    },
  ],
};

export function resourcesOf(type: string, who: number): readonly object[] {
  const [person, id = ''] = [PEOPLE[who], HEALTH_IDS[who]];
  return person === undefined ? [] : [0, 1].flatMap((n) => MAKERS[type]?.({ id, person, n }) ?? []);
}

export function patientOf(who: number): object {
  const { mark = '', year = 0, idNumber = '' } = PEOPLE[who] ?? {};
  return {
    resourceType: 'Patient',
    id: HEALTH_IDS[who],
    identifier: [{ value: idNumber, type: { coding: [{ code: 'NI' }] } }],
    name: [{ use: 'official', family: mark, given: [`${mark}名`] }],
    gender: 'female',
    birthDate: `${year}-01-01`,
    address: [{ extension: [{ url: 'urn:x/division-code', valueCode: '110101' }] }],
  };
}
