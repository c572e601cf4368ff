import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CRISIS_KINDS } from '../clock-rules.ts';
import { type Move, MOVES } from '../machine.ts';
import { KINDS, PRIORITIES, type ReferralState } from '../codes.ts';
import { nextEscalationAt } from './clock.ts';
import { after, calendar, inShanghai, type Made, shanghai, type Terms, times } from './clocks.fixture.ts';
import { clocksAfter } from './clocks-after.ts';

describe('a first answer is due, and the office is told when as long again has passed', () => {
  test.each<[string, Terms, string, string, string]>([
    ['a routine referral: five working days', {}, '2026-03-09 09:00', '2026-03-17 00:00', '2026-03-24 00:00'],
    ['created on a Saturday evening', {}, '2026-03-14 23:59', '2026-03-21 00:00', '2026-03-28 00:00'],
    [
      'before Spring Festival, which has two worked Saturdays',
      {},
      '2026-02-12 10:00',
      '2026-02-27 00:00',
      '2026-03-05 00:00',
    ],
    ['before National Day', {}, '2026-09-29 10:00', '2026-10-13 00:00', '2026-10-20 00:00'],
    [
      'over Sunday 20 September; the office only after two holidays',
      {},
      '2026-09-17 10:00',
      '2026-09-24 00:00',
      '2026-10-09 00:00',
    ],
    [
      'an urgent one: 24 hours, holidays or not',
      { priority: 'URGENT' },
      '2026-02-17 10:00',
      '2026-02-18 10:00',
      '2026-02-19 10:00',
    ],
    ['in a crisis: two hours', { priority: 'CRISIS' }, '2026-02-17 23:00', '2026-02-18 01:00', '2026-02-18 03:00'],
    [
      'a crisis whose priority says routine',
      { kind: 'CRISIS' },
      '2026-02-17 23:00',
      '2026-02-18 01:00',
      '2026-02-18 03:00',
    ],
    [
      'a report whose priority says urgent',
      { kind: 'MANDATORY_REPORT', priority: 'URGENT' },
      '2026-02-17 23:00',
      '2026-02-18 01:00',
      '2026-02-18 03:00',
    ],
  ])('%s', (_, terms, created, due, office) => {
    const [clock, ...more] = after([['CREATE', created]], terms);
    expect(more).toEqual([]);
    expect(clock).toMatchObject({ step: 'FIRST_ANSWER', provisional: false, stoppedAt: null, escalations: [] });
    expect(times(clock)).toEqual([due, office]);
  });
});

describe('what starts and stops a clock', () => {
  const created: Made = [['CREATE', '2026-03-09 09:00']];
  const accepted: Made = [...created, ['ACCEPT', '2026-03-12 15:00']];

  test('an acceptance stops the first and starts the second: handed over within five days more', () => {
    const [answer, handOver] = after(accepted);
    expect(inShanghai(answer?.stoppedAt)).toBe('2026-03-12 15:00');
    expect(handOver).toMatchObject({ step: 'HAND_OVER', stoppedAt: null });
    expect(times(handOver)).toEqual(['2026-03-20 00:00', '2026-03-27 00:00']);
  });
  test.each<[string, Made]>([
    ['cancel', [...created, ['CANCEL', '2026-03-10 09:00']]],
    ['decline', [...created, ['DECLINE', '2026-03-10 09:00']]],
    ['mark entered in error', [...created, ['MARK_ENTERED_IN_ERROR', '2026-03-10 09:00']]],
    ['start', [...accepted, ['START', '2026-03-13 09:00']]],
    ['cancel after acceptance', [...accepted, ['CANCEL', '2026-03-13 09:00']]],
    ['decline after acceptance', [...accepted, ['DECLINE', '2026-03-13 09:00']]],
  ])('%s leaves none running', (_, moves) =>
    expect(after(moves).filter((clock) => nextEscalationAt(clock) !== null)).toEqual([]),
  );
  test('what else happens leaves it alone', () => {
    for (const move of ['MESSAGE', 'SCHEDULE_APPOINTMENT', 'ADD_FOLLOW_UP', 'REFER_ONWARD'] as const)
      expect(after([...accepted, [move, '2026-03-13 09:00']])).toEqual(after(accepted));
  });
  test('what stopped is not stopped again', () =>
    expect(after([...accepted, ['START', '2026-03-13 09:00'], ['CANCEL', '2026-03-14 09:00']])).toEqual(
      after([...accepted, ['START', '2026-03-13 09:00']]),
    ));
});

describe('a question to the requester', () => {
  const question = (asked: string, answered: string, terms?: Terms) =>
    after(
      [
        ['CREATE', '2026-03-09 09:00'],
        ['REQUEST_INFORMATION', asked],
        ['PROVIDE_INFORMATION', answered],
      ],
      terms,
    )[0];

  test('does not stop the clock', () => {
    const [clock] = after([
      ['CREATE', '2026-03-09 09:00'],
      ['REQUEST_INFORMATION', '2026-03-10 09:00'],
    ]);
    expect(clock).toMatchObject({
      stoppedAt: null,
      waitingSince: new Date(shanghai('2026-03-10 09:00')).toISOString(),
    });
    expect(times(clock)).toEqual(['2026-03-17 00:00', '2026-03-24 00:00']);
  });
  test.each<[string, string, string, Terms, string]>([
    ['answered the same day gives nothing', '2026-03-10 09:00', '2026-03-10 17:00', {}, '2026-03-17 00:00'],
    ['answered after two working days gives two', '2026-03-10 09:00', '2026-03-12 17:00', {}, '2026-03-19 00:00'],
    ['answered on a Sunday gives as if on the Friday', '2026-03-10 09:00', '2026-03-15 17:00', {}, '2026-03-20 00:00'],
    ['asked on the last day leaves one', '2026-03-16 09:00', '2026-03-18 17:00', {}, '2026-03-20 00:00'],
    [
      'asked on the last day and answered on a Saturday leaves the Monday',
      '2026-03-16 09:00',
      '2026-03-21 09:00',
      {},
      '2026-03-24 00:00',
    ],
    ['asked too late gives nothing', '2026-03-17 00:00', '2026-03-20 09:00', {}, '2026-03-17 00:00'],
    [
      'in an urgent one gives back the hours',
      '2026-03-09 19:00',
      '2026-03-11 07:30',
      { priority: 'URGENT' },
      '2026-03-11 21:30',
    ],
    ['in a crisis gives nothing', '2026-03-09 09:10', '2026-03-09 10:10', { kind: 'CRISIS' }, '2026-03-09 11:00'],
    [
      'that the clock says was answered before it was asked takes nothing',
      '2026-03-09 19:00',
      '2026-03-09 18:00',
      { priority: 'URGENT' },
      '2026-03-10 09:00',
    ],
  ])('%s', (_, asked, answered, terms, due) => {
    const clock = question(asked, answered, terms);
    expect(inShanghai(clock?.dueAt)).toBe(due);
    expect(clock).toMatchObject({ waitingSince: null, stoppedAt: null });
  });
  test('gives its time back once', () => {
    const [clock] = after([
      ['CREATE', '2026-03-09 09:00'],
      ['REQUEST_INFORMATION', '2026-03-10 09:00'],
      ['REQUEST_INFORMATION', '2026-03-11 09:00'],
      ['PROVIDE_INFORMATION', '2026-03-12 17:00'],
      ['REQUEST_INFORMATION', '2026-03-13 09:00'],
      ['PROVIDE_INFORMATION', '2026-03-18 09:00'],
    ]);
    expect(times(clock)).toEqual(['2026-03-19 00:00', '2026-03-26 00:00']);
  });
  test('after acceptance is no matter of a clock', () => {
    const moves: Made = [
      ['CREATE', '2026-03-09 09:00'],
      ['ACCEPT', '2026-03-09 10:00'],
    ];
    expect(
      after([...moves, ['REQUEST_INFORMATION', '2026-03-10 09:00'], ['PROVIDE_INFORMATION', '2026-03-12 09:00']]),
    ).toEqual(after(moves));
  });
});

test('wherever the machine goes: a clock runs as long as somebody owes the next step, and no longer', () => {
  const owes: Readonly<Partial<Record<ReferralState, string>>> = {
    REQUESTED: 'FIRST_ANSWER',
    ACCEPTED: 'HAND_OVER',
    ON_HOLD: 'HOLD_REVIEW',
    COMPLETED: 'ACKNOWLEDGEMENT',
    FAILED: 'ACKNOWLEDGEMENT',
    REJECTED: 'ACKNOWLEDGEMENT',
  };
  const moves = Object.keys(MOVES) as Move[];
  fc.assert(
    fc.property(fc.array(fc.nat(1_000), { maxLength: 15 }), (choices) => {
      const at = shanghai('2026-03-09 09:00');
      let clocks = clocksAfter('CREATE', { kind: 'SERVICE', priority: 'ROUTINE', clocks: [] }, { at, calendar });
      let state: ReferralState = 'REQUESTED';
      for (const choice of choices) {
        const possible = moves.filter((move) => MOVES[move].from.some((from) => from === state));
        const move = possible[choice % possible.length];
        if (move === undefined) break;
        state = MOVES[move].to ?? state;
        if (move === 'ACKNOWLEDGE') break;
        clocks = clocksAfter(move, { kind: 'SERVICE', priority: 'ROUTINE', clocks }, { at, calendar });
        const running = clocks.filter(({ stoppedAt }) => stoppedAt === null).map(({ step }) => step);
        expect(running).toEqual([owes[state]].filter((step) => step !== undefined));
      }
    }),
  );
});

test('a due date in a year that nobody supplied is marked', () => {
  expect(after([['CREATE', '2026-12-29 09:00']])[0]).toMatchObject({ provisional: true });
  expect(after([['CREATE', '2026-12-29 09:00']], { priority: 'URGENT' })[0]).toMatchObject({ provisional: false });
});

test('whatever moves at whatever times: one running clock a step, never due earlier, escalations in order', () => {
  const moves = fc.constantFrom(
    'ACCEPT',
    'REJECT',
    'REQUEST_INFORMATION',
    'PROVIDE_INFORMATION',
    'START',
    'CANCEL',
    'HOLD',
  );
  // The clock may go back by an hour at any move.
  const steps = fc.array(fc.tuple(moves, fc.integer({ min: -3_600_000, max: 5 * 86_400_000 })), { maxLength: 12 });
  const terms = fc.record({ kind: fc.constantFrom(...KINDS), priority: fc.constantFrom(...PRIORITIES) });
  fc.assert(
    fc.property(terms, steps, (terms, steps) => {
      let at = shanghai('2026-09-10 10:00');
      let clocks = clocksAfter('CREATE', { ...terms, clocks: [] }, { at, calendar });
      for (const [move, later] of steps.filter(
        ([move], i) => move !== 'ACCEPT' || steps.findIndex(([m]) => m === move) === i,
      )) {
        at += later;
        const before = clocks;
        clocks = clocksAfter(move, { ...terms, clocks }, { at, calendar });
        const going = clocks.filter(({ stoppedAt }) => stoppedAt === null).map(({ step }) => step);
        expect(new Set(going).size).toBe(going.length);
        for (const [i, clock] of clocks.entries()) {
          expect(clock.escalateAt[0]).toBe(clock.dueAt);
          expect([...clock.escalateAt].sort()).toEqual(clock.escalateAt);
          expect(clock.dueAt >= (before[i]?.dueAt ?? clock.startedAt)).toBe(true);
          if (CRISIS_KINDS.includes(terms.kind) && !['HOLD_REVIEW', 'FEEDBACK'].includes(clock.step))
            expect(Date.parse(clock.dueAt) - Date.parse(clock.startedAt)).toBe(2 * 3_600_000);
        }
      }
    }),
  );
});
