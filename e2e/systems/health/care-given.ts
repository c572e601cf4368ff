/** Makers of what is done: follow-up, medication, rehabilitation. */
import type { CarePlan, EpisodeOfCare, MedicationRequest } from '@medplum/fhirtypes';
import { day, idOf, instant, type Maker, subject } from './chart.ts';
import {
  ATC,
  CARE_PLAN_CATEGORY,
  DRUGS,
  EPISODE_TYPE,
  HOSPITALS,
  PROGRAMMES,
  REHABILITATION_STATIONS,
  STATIONS,
  WORKERS,
} from './code-lists.ts';

export const carePlan: Maker<CarePlan> = (chart, n) => {
  const { draw, course, today } = chart;
  const start = day(chart);
  const last = draw.date(start, today);
  const due = new Date(Date.parse(`${last}T00:00:00Z`) + draw.int(10, 90) * 86_400_000).toISOString().slice(0, 10);
  const [period, periodUnit] = draw.pick([
    [2, 'wk'],
    [1, 'mo'],
    [3, 'mo'],
    [30, 'd'],
  ] as const);
  return {
    resourceType: 'CarePlan',
    id: idOf(chart, 'cpl', n),
    status: draw.weighted([
      ['active', 8],
      ['on-hold', 1],
      ['completed', 3],
      ['unknown', 1],
    ]),
    intent: 'plan',
    category: [{ coding: [{ system: CARE_PLAN_CATEGORY, code: 'follow-up' }] }],
    title: course === 'severe' ? '严重精神障碍患者管理' : '心理健康随访',
    subject: subject(chart),
    period: { start },
    contributor: [{ type: 'Organization', display: draw.pick(STATIONS) }],
    activity: [
      { detail: { status: 'completed', scheduledPeriod: { start: last, end: last } } },
      {
        detail: {
          status: 'scheduled',
          scheduledTiming: { event: [due], repeat: { frequency: 1, period, periodUnit } },
          performer: [{ display: draw.pick(WORKERS) }],
        },
      },
    ],
  };
};

/** The drug is a reference into the formulary, or contained, or only a code, or a reference that leads nowhere. */
export const medicationRequest: Maker<MedicationRequest> = (chart, n) => {
  const { draw, course } = chart;
  const [code, display, dosage] = draw.pick(DRUGS.filter(([, , , given]) => given === course));
  const date = day(chart);
  const concept = { coding: [{ system: ATC, code, display }] };
  const way = draw.weighted([
    ['formulary', 6],
    ['contained', 2],
    ['code', 2],
    ['missing', 1],
  ]);
  const drugs: Record<typeof way, Partial<MedicationRequest>> = {
    formulary: { medicationReference: { reference: `Medication/${code}` } },
    contained: {
      contained: [{ resourceType: 'Medication', id: 'drug', code: concept }],
      medicationReference: { reference: '#drug' },
    },
    code: { medicationCodeableConcept: concept },
    missing: { medicationReference: { reference: 'Medication/withdrawn-from-formulary' } },
  };
  return {
    resourceType: 'MedicationRequest',
    id: idOf(chart, 'med', n),
    status: draw.weighted([
      ['active', 6],
      ['completed', 4],
      ['stopped', 1],
    ]),
    intent: 'order',
    subject: subject(chart),
    authoredOn: instant(chart, date),
    requester: { type: 'Organization', display: draw.pick(HOSPITALS) },
    dosageInstruction: [{ text: dosage }],
    ...(draw.chance(0.7) && {
      dispenseRequest: { validityPeriod: { start: date, end: draw.date(date, chart.today) } },
    }),
    ...drugs[way],
  };
};

export const episodeOfCare: Maker<EpisodeOfCare> = (chart, n) => {
  const { draw, today } = chart;
  const start = day(chart);
  const ended = draw.chance(0.5);
  return {
    resourceType: 'EpisodeOfCare',
    id: idOf(chart, 'epi', n),
    status: ended
      ? 'finished'
      : draw.weighted([
          ['active', 6],
          ['onhold', 1],
        ]),
    type: [{ coding: [{ system: EPISODE_TYPE, code: 'rehabilitation' }], text: draw.pick(PROGRAMMES) }],
    patient: subject(chart),
    managingOrganization: { display: draw.pick(REHABILITATION_STATIONS) },
    period: { start, ...(ended && { end: draw.date(start, today) }) },
  };
};
