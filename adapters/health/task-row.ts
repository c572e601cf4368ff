/** From the hospital's Tasks and ServiceRequests to the words of the domain. */
import { z } from 'zod';
import { type AnswerCodes, answerText, deskAnswer } from '../shared/desk-answer.ts';
import { isReferralId } from '../shared/referral-id.ts';
import type { AnsweredState, DeskAnswer } from '../shared/referral-desk.ts';
import { codeableConcept, identifier } from './fhir-types.ts';
import { REFERRAL_SYSTEM, VERSION_URL } from './referral-resources.ts';

/** FHIR R4 `Task.status`. What is not in it is no answer: draft, requested, received; cancelled is done at the hub. */
const STATES: Readonly<Record<string, AnsweredState>> = {
  accepted: 'ACCEPTED',
  ready: 'ACCEPTED',
  rejected: 'REJECTED',
  'in-progress': 'IN_PROGRESS',
  'on-hold': 'IN_PROGRESS',
  completed: 'COMPLETED',
  failed: 'FAILED',
};
const ENDED: ReadonlySet<string> = new Set(['rejected', 'cancelled', 'failed', 'completed', 'entered-in-error']);

const CODES: AnswerCodes = {
  rejections: {
    full: 'AT_CAPACITY',
    'not-eligible': 'NOT_ELIGIBLE',
    'out-of-area': 'OUT_OF_AREA',
    'assess-first': 'MORE_ASSESSMENT_NEEDED',
    'no-consent': 'CONSENT_MISSING',
    duplicate: 'DUPLICATE',
    other: 'OTHER',
  },
  outcomes: {
    served: 'SERVED',
    unreachable: 'UNREACHABLE',
    moved: 'MOVED',
    died: 'DIED',
    declined: 'DECLINED_BY_PERSON',
    other: 'OTHER',
  },
};

const stored = z.looseObject({
  id: z.string(),
  meta: z.object({ versionId: z.string(), lastUpdated: z.iso.datetime({ offset: true }) }),
  identifier: z.array(identifier).default([]),
});
const ownId = ({ identifier: all }: z.infer<typeof stored>) =>
  all.find(({ system, value = '' }) => system === REFERRAL_SYSTEM && isReferralId(value))?.value ?? null;

export interface TaskRow {
  readonly id: string;
  readonly versionId: string;
  readonly lastUpdated: string;
  /** `null` for a Task of the hospital's own. */
  readonly referralId: string | null;
  readonly ended: boolean;
  readonly answer: DeskAnswer | null;
  /** As the hospital has it, for writing it back. */
  readonly resource: object;
}

const output = z.object({
  type: codeableConcept,
  valueCodeableConcept: codeableConcept.optional(),
  valueString: answerText.optional(),
});

export const taskRow = stored
  .extend({
    status: z.string(),
    statusReason: codeableConcept.optional(),
    output: z.array(output).default([]),
  })
  .transform((task): TaskRow => {
    const { id, meta, status, statusReason } = task;
    const referralId = ownId(task);
    const state = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
    const of = (type: string) => task.output.find((one) => one.type.coding.some(({ code }) => code === type));
    const written = {
      rejection: statusReason?.coding[0]?.code ?? null,
      outcome: of('outcome')?.valueCodeableConcept?.coding[0]?.code ?? null,
      text: (status === 'completed' ? of('advice')?.valueString : statusReason?.text) ?? null,
    };
    const answer =
      referralId === null || state === undefined ? null : deskAnswer({ referralId, state, ...written }, CODES);
    return { id, ...meta, referralId, ended: ENDED.has(status), answer, resource: task };
  });

export interface RequestRow {
  readonly id: string;
  readonly versionId: string;
  readonly referralId: string | null;
  /** The hub's version that it tells of. */
  readonly version: number | null;
}

export const requestRow = stored
  .extend({
    extension: z.array(z.looseObject({ url: z.string(), valueInteger: z.number().int().optional() })).default([]),
  })
  .transform((request): RequestRow => ({
    id: request.id,
    versionId: request.meta.versionId,
    referralId: ownId(request),
    version: request.extension.find(({ url }) => url === VERSION_URL)?.valueInteger ?? null,
  }));
