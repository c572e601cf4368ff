/** Resources from plain facts: what makers by chance and charts by hand have in common. */
import type {
  CarePlan,
  Condition,
  Encounter,
  EpisodeOfCare,
  MedicationRequest,
  Observation,
  Resource,
} from '@medplum/fhirtypes';
import {
  ACT_CODE,
  CARE_PLAN_CATEGORY,
  EPISODE_TYPE,
  ICD10,
  LEVELS,
  LOCAL_DIAGNOSIS,
  LOCAL_INSTRUMENT,
  LOINC,
  OBSERVATION_CATEGORY,
  STATIONS,
} from './code-lists.ts';

type Line<R extends Resource> = (localId: string, n: number) => R & { id: string };
const patient = (localId: string) => ({ reference: `Patient/${localId}` });
const at = (date: string) => `${date}T09:30:00+08:00`;

export const visited =
  ({
    date,
    end = date,
    code,
    service,
    hospital,
  }: {
    date: string;
    end?: string;
    code: string;
    service: string;
    hospital: string;
  }): Line<Encounter> =>
  (localId, n) => ({
    resourceType: 'Encounter',
    id: `${localId}.enc${n}`,
    status: 'finished',
    class: { system: ACT_CODE, code },
    subject: patient(localId),
    period: { start: at(date), end: at(end) },
    serviceType: { text: service },
    serviceProvider: { display: hospital },
  });

interface Diagnosed {
  readonly icd: string;
  readonly local: string;
  readonly display: string;
  readonly onset: string;
  readonly date: string;
  readonly hospital: string;
  readonly status?: string;
  /** A clinician keeps it from the patient for his good (精神卫生法 art. 47). */
  readonly withheld?: boolean;
}
export const diagnosed =
  ({ icd, local, display, onset, date, hospital, status = 'active', withheld = false }: Diagnosed): Line<Condition> =>
  (localId, n) => ({
    resourceType: 'Condition',
    id: `${localId}.con${n}`,
    ...(withheld && { meta: { security: [{ system: ACT_CODE, code: 'NOPAT' }] } }),
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: status }] },
    verificationStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }],
    },
    code: {
      coding: [
        { system: LOCAL_DIAGNOSIS, code: local, display },
        { system: ICD10, code: icd, display },
      ],
    },
    subject: patient(localId),
    onsetDateTime: onset,
    recordedDate: at(date),
    contained: [{ resourceType: 'PractitionerRole', id: 'recorder', organization: { display: hospital } }],
    recorder: { reference: '#recorder' },
  });

export const assessed =
  ({
    loinc,
    instrument,
    level,
    date,
    hospital,
  }: {
    loinc: string | null;
    instrument: string;
    level: string;
    date: string;
    hospital: string;
  }): Line<Observation> =>
  (localId, n) => ({
    resourceType: 'Observation',
    id: `${localId}.obs${n}`,
    status: 'final',
    category: [{ coding: [{ system: OBSERVATION_CATEGORY, code: 'survey' }] }],
    code: {
      coding: [{ system: loinc === null ? LOCAL_INSTRUMENT : LOINC, code: loinc ?? 'SDSS', display: instrument }],
    },
    subject: patient(localId),
    effectiveDateTime: at(date),
    performer: [{ type: 'Organization', display: hospital }],
    valueCodeableConcept: { coding: LEVELS.filter(({ code }) => code === level) },
    // The clinic sends the score too; the hub must not show it.
    component: [{ code: { text: '总分' }, valueInteger: 17 }],
  });

interface FollowedUp {
  readonly plan: string;
  readonly every: readonly [number, 'd' | 'wk' | 'mo'];
  readonly from: string;
  readonly last: string;
  readonly due: string;
  readonly worker: string;
}
export const followedUp =
  ({ plan, every: [period, periodUnit], from, last, due, worker }: FollowedUp): Line<CarePlan> =>
  (localId, n) => ({
    resourceType: 'CarePlan',
    id: `${localId}.cpl${n}`,
    status: 'active',
    intent: 'plan',
    category: [{ coding: [{ system: CARE_PLAN_CATEGORY, code: 'follow-up' }] }],
    title: plan,
    subject: patient(localId),
    period: { start: from },
    contributor: [{ type: 'Organization', display: STATIONS[0] }],
    activity: [
      { detail: { status: 'completed', scheduledPeriod: { start: last, end: last } } },
      {
        detail: {
          status: 'scheduled',
          scheduledTiming: { event: [due], repeat: { frequency: 1, period, periodUnit } },
          performer: [{ display: worker }],
        },
      },
    ],
  });

export const prescribed =
  ({
    atc,
    dosage,
    date,
    until,
    hospital,
  }: {
    atc: string;
    dosage: string;
    date: string;
    until: string | null;
    hospital: string;
  }): Line<MedicationRequest> =>
  (localId, n) => ({
    resourceType: 'MedicationRequest',
    id: `${localId}.med${n}`,
    status: 'active',
    intent: 'order',
    subject: patient(localId),
    authoredOn: at(date),
    requester: { type: 'Organization', display: hospital },
    dosageInstruction: [{ text: dosage }],
    ...(until !== null && { dispenseRequest: { validityPeriod: { start: date, end: until } } }),
    medicationReference: { reference: `Medication/${atc}` },
  });

export const rehabilitated =
  ({
    programme,
    station,
    from,
    to,
  }: {
    programme: string;
    station: string;
    from: string;
    to: string | null;
  }): Line<EpisodeOfCare> =>
  (localId, n) => ({
    resourceType: 'EpisodeOfCare',
    id: `${localId}.epi${n}`,
    status: to === null ? 'active' : 'finished',
    type: [{ coding: [{ system: EPISODE_TYPE, code: 'rehabilitation' }], text: programme }],
    patient: patient(localId),
    managingOrganization: { display: station },
    period: { start: from, ...(to !== null && { end: to }) },
  });
