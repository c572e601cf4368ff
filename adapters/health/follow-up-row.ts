import { z } from 'zod';
import { FOLLOW_UP, FOLLOW_UP_STATUSES, meaningOf } from './code-sets.ts';
import { code, codeableConcept, date, nameOf, organisationIn, period, reference, words } from './fhir-types.ts';
import type { HealthFollowUp } from './port.ts';
import type { RowMaker } from './row-maker.ts';

const detail = z.object({
  status: code,
  scheduledPeriod: period.optional(),
  scheduledTiming: z
    .object({
      event: z.array(date).default([]).catch([]),
      // What is smaller or larger is no interval, and a duration has no room for an exponent.
      repeat: z
        .object({ period: z.number().min(0.01).max(10_000), periodUnit: z.string() })
        .optional()
        .catch(undefined),
    })
    .optional(),
  performer: z.array(reference).default([]),
});
type Detail = z.infer<typeof detail>;

const carePlan = z
  .object({
    status: code,
    title: words,
    category: z.array(codeableConcept).default([]),
    subject: reference,
    period: period.optional(),
    contributor: z.array(reference).default([]),
    activity: z.array(z.object({ detail: detail.optional() })).default([]),
  })
  .refine((plan) => planOf(plan) !== null, 'names no plan');

export const followUpRow: RowMaker<HealthFollowUp> = {
  resourceType: 'CarePlan',
  kind: { element: 'category', code: FOLLOW_UP },
  patientParameter: 'patient',
  schema: carePlan.transform((plan) => ({
    patient: plan.subject.reference,
    businessKey: null,
    toRow: plan.status === 'entered-in-error' ? null : () => toFollowUp(plan),
  })),
};

/** What was done stands in the plan as completed activities, what is due as the one that is scheduled. */
function toFollowUp(plan: z.infer<typeof carePlan>): HealthFollowUp {
  const details = plan.activity.flatMap((activity) => activity.detail ?? []);
  const ahead = details.find(({ status }) => status === 'scheduled' || status === 'not-started');
  const done = details
    .filter(({ status }) => status === 'completed')
    .map(({ scheduledPeriod }) => scheduledPeriod?.end ?? scheduledPeriod?.start)
    .filter((day) => day !== undefined);
  return {
    plan: planOf(plan) ?? '',
    status: meaningOf(FOLLOW_UP_STATUSES, plan.status),
    interval: intervalOf(ahead),
    from: plan.period?.start ?? null,
    to: plan.period?.end ?? null,
    last: done.toSorted().at(-1) ?? null,
    nextDue: ahead?.scheduledTiming?.event.toSorted()[0] ?? null,
    worker: ahead?.performer[0]?.display ?? null,
    organisation: organisationIn(plan.contributor),
  };
}

function planOf({ title, category }: { title?: string | undefined; category: Parameters<typeof nameOf>[0][] }) {
  return title ?? nameOf(category[0]);
}

const UNITS = new Map([
  ['h', 'TH'],
  ['d', 'D'],
  ['wk', 'W'],
  ['mo', 'M'],
  ['a', 'Y'],
]);

/** UCUM unit of FHIR's Timing to an ISO 8601 duration: every 2 `wk` is `P2W`. */
function intervalOf(ahead: Detail | undefined): string | null {
  const repeat = ahead?.scheduledTiming?.repeat;
  const unit = repeat && UNITS.get(repeat.periodUnit);
  if (repeat === undefined || unit === undefined) return null;
  return unit.startsWith('T') ? `PT${repeat.period}${unit.slice(1)}` : `P${repeat.period}${unit}`;
}
