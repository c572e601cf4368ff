import type { ReferralFacts } from './facts.ts';

const SAID_AT = '2026-11-01T00:00:00.000Z';

/** What every referral of a world has besides: made from its id, so that what is another's shows. */
export function detailsOf({ id, createdAt }: Pick<ReferralFacts, 'id' | 'createdAt'>) {
  const of = (what: string) => `${what} of ${id}`;
  return {
    loopClosedAt: id.endsWith('r2') ? SAID_AT : null,
    rejection: { code: 'OTHER', reason: of('rejection'), nextServices: [] },
    outcome: 'SERVED',
    advice: of('advice'),
    endingReason: of('ending'),
    appointment: { start: SAID_AT, end: null },
    dischargeAssessment: { assessedOn: '2026-11-01', reference: of('assessment'), summary: of('summary') },
    platformNumber: of('number'),
    attachments: [{ title: of('title'), reference: of('reference') }],
    message: { id: 'm1', at: SAID_AT, role: 'REQUESTER', kind: 'MESSAGE', text: of('message') },
    followUp: { id: 'f1', role: 'TARGET', dueOn: '2026-12-01', text: of('task'), completedAt: null },
    history: { move: 'CREATE', at: createdAt, state: 'REQUESTED', version: 1, role: 'REQUESTER' },
  };
}
