/** Clocks as they stand after moves at times in Shanghai. Test support. */
import { calendarOf2026 } from '../../../adapters/calendar/calendar.fixture.ts';
import type { ClockMove } from '../clock-rules.ts';
import type { Priority, ReferralKind } from '../codes.ts';
import type { ReferralClock } from './clock.ts';
import { clocksAfter } from './clocks-after.ts';

export const calendar = calendarOf2026();

/** A time in Shanghai, like `2026-03-09 14:00`. */
export const shanghai = (time: string): number => Date.parse(`${time.replace(' ', 'T')}:00+08:00`);
/** The same of a document's instant; `24:00` is the next day's `00:00`. */
export const inShanghai = (at: string | null | undefined): string | null =>
  at === null || at === undefined
    ? null
    : new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

export type Made = readonly (readonly [move: ClockMove, time: string])[];
export interface Terms {
  readonly kind?: ReferralKind;
  readonly priority?: Priority;
}

/** The clocks after these moves, one after the other. */
export function after(moves: Made, { kind = 'SERVICE', priority = 'ROUTINE' }: Terms = {}): readonly ReferralClock[] {
  return moves.reduce<readonly ReferralClock[]>(
    (clocks, [move, time]) => clocksAfter(move, { kind, priority, clocks }, { at: shanghai(time), calendar }),
    [],
  );
}

export const times = (clock: ReferralClock | undefined) => [
  inShanghai(clock?.dueAt),
  ...(clock?.escalateAt ?? []).slice(1).map(inShanghai),
];
