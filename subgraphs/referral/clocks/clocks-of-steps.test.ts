import { expect, test } from '@jest/globals';
import type { ReferralClock } from './clock.ts';
import { after, type Made, type Terms, times } from './clocks.fixture.ts';

const created: Made = [['CREATE', '2026-03-09 09:00']];
const accepted: Made = [...created, ['ACCEPT', '2026-03-12 15:00']];

const running = (clocks: readonly ReferralClock[]) =>
  clocks.filter((clock) => clock.stoppedAt === null).map((clock) => [clock.step, ...times(clock)]);

test.each<[string, Made, Terms, string, readonly (string | null)[]]>([
  [
    'held: looked at after 20 working days',
    [['HOLD', '2026-03-13 09:00']],
    {},
    'HOLD_REVIEW',
    ['2026-04-14 00:00', '2026-05-14 00:00'],
  ],
  [
    'held in a crisis: the same',
    [['HOLD', '2026-03-13 09:00']],
    { kind: 'CRISIS' },
    'HOLD_REVIEW',
    ['2026-04-14 00:00', '2026-05-14 00:00'],
  ],
  [
    'held again: anew',
    [
      ['HOLD', '2026-03-12 17:00'],
      ['RESUME', '2026-03-12 18:00'],
      ['HOLD', '2026-03-13 09:00'],
    ],
    {},
    'HOLD_REVIEW',
    ['2026-04-14 00:00', '2026-05-14 00:00'],
  ],
  [
    'completed: acknowledged within five',
    [['COMPLETE', '2026-03-13 09:00']],
    { kind: 'CRISIS' },
    'ACKNOWLEDGEMENT',
    ['2026-03-21 00:00', '2026-03-28 00:00'],
  ],
  [
    'failed in a crisis: known in two hours',
    [['FAIL', '2026-03-13 09:00']],
    { kind: 'CRISIS' },
    'ACKNOWLEDGEMENT',
    ['2026-03-13 11:00', '2026-03-13 13:00'],
  ],
  [
    'without a basis: named at its own pace',
    [['BASIS_ENDED', '2026-03-13 09:00']],
    { priority: 'URGENT' },
    'BASIS',
    ['2026-03-14 09:00', '2026-03-15 09:00'],
  ],
  [
    'a report: fed back within ten',
    [],
    { kind: 'MANDATORY_REPORT' },
    'FEEDBACK',
    ['2026-03-27 00:00', '2026-04-11 00:00'],
  ],
])('%s', (_, moves, terms, step, due) => {
  const begun: Made = [...accepted, ['START', '2026-03-12 16:00']];
  expect(running(after([...begun, ...moves], terms))).toEqual([[step, ...due]]);
});
test('what nobody took is known to the requester at its own pace', () =>
  expect(running(after([...created, ['REJECT', '2026-03-10 09:00']], { kind: 'CRISIS' }))).toEqual([
    ['ACKNOWLEDGEMENT', '2026-03-10 11:00', '2026-03-10 13:00'],
  ]));
test.each<[string, Made, Terms]>([
  [
    'resumed',
    [
      ['HOLD', '2026-03-13 09:00'],
      ['RESUME', '2026-03-14 09:00'],
    ],
    {},
  ],
  [
    'cancelled while on hold',
    [
      ['HOLD', '2026-03-13 09:00'],
      ['CANCEL', '2026-03-14 09:00'],
    ],
    {},
  ],
  [
    'acknowledged',
    [
      ['COMPLETE', '2026-03-13 09:00'],
      ['ACKNOWLEDGE', '2026-03-14 09:00'],
    ],
    {},
  ],
  [
    'a report that was acknowledged',
    [
      ['FAIL', '2026-03-13 09:00'],
      ['ACKNOWLEDGE', '2026-03-14 09:00'],
    ],
    { kind: 'MANDATORY_REPORT' },
  ],
  [
    'another basis named',
    [
      ['BASIS_ENDED', '2026-03-13 09:00'],
      ['NAME_BASIS', '2026-03-14 09:00'],
    ],
    {},
  ],
  [
    'cancelled without a basis',
    [
      ['BASIS_ENDED', '2026-03-13 09:00'],
      ['CANCEL', '2026-03-14 09:00'],
    ],
    {},
  ],
])('%s: nobody owes anything', (_, moves, terms) => {
  expect(running(after([...accepted, ['START', '2026-03-12 16:00'], ...moves], terms))).toEqual([]);
});
test('what the target owes and what the requester owes run beside each other', () =>
  expect(running(after([...created, ['BASIS_ENDED', '2026-03-10 09:00']])).map(([step]) => step)).toEqual([
    'FIRST_ANSWER',
    'BASIS',
  ]));
