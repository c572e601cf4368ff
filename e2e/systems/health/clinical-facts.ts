/** Makers of what was found: visits, diagnoses, assessments. */
import type { Condition, Encounter, Observation, PractitionerRole } from '@medplum/fhirtypes';
import { day, idOf, instant, type Maker, partial, subject } from './chart.ts';
import {
  ACT_CODE,
  DIAGNOSES,
  HOSPITALS,
  ICD10,
  INSTRUMENTS,
  LEVELS,
  LOCAL_DIAGNOSES,
  LOCAL_DIAGNOSIS,
  LOCAL_LEVEL,
  OBSERVATION_CATEGORY,
  SERVICES,
} from './code-lists.ts';

export const encounter: Maker<Encounter> = (chart, n) => {
  const { draw, course } = chart;
  const date = day(chart);
  const code = draw.weighted([
    ['AMB', 14],
    ['EMER', 2],
    ['IMP', course === 'severe' ? 5 : 1],
    ['VR', 1],
    ['TCM-YB', 1],
  ]);
  return {
    resourceType: 'Encounter',
    id: idOf(chart, 'enc', n),
    identifier: [{ system: 'https://emr.health.example/visit-number', value: `JZ-${chart.localId}-${n}` }],
    status:
      code === 'IMP' && draw.chance(0.1)
        ? 'in-progress'
        : draw.weighted([
            ['finished', 18],
            ['cancelled', 1],
          ]),
    class: { system: ACT_CODE, code },
    subject: subject(chart),
    period: draw.chance(0.06)
      ? { start: partial(chart, date) }
      : { start: instant(chart, date), end: instant(chart, date) },
    serviceType: { text: draw.pick(SERVICES[course]) },
    serviceProvider: { display: draw.pick(HOSPITALS) },
  };
};

const recorder = (hospital: string): PractitionerRole => ({
  resourceType: 'PractitionerRole',
  id: 'recorder',
  organization: { display: hospital },
});

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';

export const condition: Maker<Condition> = (chart, n) => {
  const { draw, course } = chart;
  const [icd, local, display] = draw.pick(DIAGNOSES[course]);
  const date = day(chart);
  const coding = draw.chance(0.1)
    ? [draw.pick(LOCAL_DIAGNOSES)]
    : [
        { system: ICD10, code: icd, display },
        ...(draw.chance(0.5) ? [{ system: LOCAL_DIAGNOSIS, code: local, display }] : []),
      ];
  const status = draw.weighted([
    ['active', 10],
    ['remission', 4],
    ['resolved', 3],
    ['relapse', 2],
    ['stable-local', 1],
  ]);
  const verification = draw.weighted([
    ['confirmed', 12],
    ['provisional', 3],
    ['entered-in-error', 1],
  ]);
  return {
    resourceType: 'Condition',
    id: idOf(chart, 'con', n),
    // FHIR R4 con-5: what was entered in error has no clinical status.
    ...(verification !== 'entered-in-error' && { clinicalStatus: { coding: [{ system: CLINICAL, code: status }] } }),
    verificationStatus: { coding: [{ system: VERIFICATION, code: verification }] },
    code: { coding },
    subject: subject(chart),
    ...(draw.chance(0.85) && { onsetDateTime: partial(chart, date) }),
    recordedDate: instant(chart, date),
    contained: [recorder(draw.pick(HOSPITALS))],
    recorder: { reference: '#recorder' },
  };
};

/** Some clinics send the score beside the level, and some only the score: the hub must show neither. */
export const observation: Maker<Observation> = (chart, n) => {
  const { draw } = chart;
  const instrument = draw.pick(INSTRUMENTS);
  const score = { code: { text: '总分' }, valueInteger: draw.int(0, 27) };
  const level = draw.chance(0.05) ? { system: LOCAL_LEVEL, code: 'L3b', display: '三级乙' } : draw.pick(LEVELS);
  return {
    resourceType: 'Observation',
    id: idOf(chart, 'obs', n),
    status: 'final',
    category: [{ coding: [{ system: OBSERVATION_CATEGORY, code: 'survey' }] }],
    code: { coding: [instrument], text: instrument.display },
    subject: subject(chart),
    effectiveDateTime: instant(chart),
    performer: [{ type: 'Organization', display: draw.pick(HOSPITALS) }],
    ...(draw.chance(0.05)
      ? { valueInteger: score.valueInteger }
      : { valueCodeableConcept: { coding: [level], text: level.display } }),
    ...(draw.chance(0.3) && { component: [score] }),
  };
};
