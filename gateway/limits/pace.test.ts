import { describe, expect, test } from '@jest/globals';
import { pace } from './pace.ts';

/** A clock that stands; turns are told as when they come. */
function paced() {
  let at = 1_000;
  const { seen, turn } = pace({ now: () => at, pause: async (milliseconds) => void begun.push(at + milliseconds) });
  const begun: number[] = [];
  const turns = (client: string | null, count: number, kind: 'check' | 'plan' = 'plan') => {
    begun.length = 0;
    for (let i = 0; i < count; i += 1) if (turn(kind, client) === null) begun.push(at);
    return begun.map((when) => when - at);
  };
  const passes = (milliseconds: number) => {
    at += milliseconds;
  };
  return { seen, turn, turns, passes };
}

describe('case 41: the new operations of one client', () => {
  test('begin at once while it is alone', () => {
    const { seen, turns } = paced();
    seen('school');
    expect(turns('school', 1_000)).toEqual(Array.from({ length: 1_000 }, () => 0));
  });

  test('begin one in 50 ms while others are served', () => {
    const { seen, turns, passes } = paced();
    for (const client of ['school', 'clinic']) seen(client);
    expect(turns('school', 3)).toEqual([0, 50, 100]);
    passes(70);
    expect(turns('school', 2)).toEqual([80, 130]);
    passes(1_000);
    expect(turns('school', 2)).toEqual([0, 50]);
  });

  test('keep no other waiting, nor what is new of another kind', () => {
    const { seen, turns } = paced();
    for (const client of ['school', 'clinic']) seen(client);
    expect(turns('school', 3)).toEqual([0, 50, 100]);
    expect(turns('clinic', 1)).toEqual([0]);
    expect(turns('school', 1, 'check')).toEqual([0]);
  });

  test('begin at once again when nobody else has asked for ten seconds', () => {
    const { seen, turns, passes } = paced();
    for (const client of ['school', 'clinic']) seen(client);
    passes(10_000);
    expect(turns('school', 2)).toEqual([0, 50]);
    passes(1);
    expect(turns('school', 3)).toEqual([0, 0, 0]);
  });

  test('are 429 when they would wait for more than five seconds', () => {
    const { seen, turns, turn } = paced();
    for (const client of ['school', 'clinic']) seen(client);
    expect(turns('school', 101).at(-1)).toBe(5_000);
    expect(() => turn('plan', 'school')).toThrow(
      expect.objectContaining({
        extensions: { code: 'RATE_LIMITED', http: { status: 429, headers: new Map([['retry-after', '1']]) } },
      }),
    );
    expect(turns('clinic', 1)).toEqual([0]);
  });

  test('of nobody in particular begin at once', () => {
    const { seen, turns } = paced();
    for (const client of ['school', 'clinic', null]) seen(client);
    expect(turns(null, 2)).toEqual([0, 0]);
  });
});
