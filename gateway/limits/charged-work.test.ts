import { expect, test } from '@jest/globals';
import { chargedWork } from './charged-work.ts';
import { costRate } from './cost-rate.ts';
import { WORK_COSTS } from './work-costs.ts';

const request = { rawHeaders: ['host', 'x', 'authorization', 'Bearer y'], url: '/graphql', bodyBytes: 1_000 };
const work = { request: 10, headerLine: 2, headerByte: 0.5, bodyByte: 0.01, planningMs: 7 };

/** What is left of a thousand after this. */
function leftAfter(charge: (charged: ReturnType<typeof chargedWork>) => void): number {
  const rate = costRate({ perSecond: 1, burst: 1_000, now: () => 0 });
  charge(chargedWork({ rate, work }));
  return 1_000 - rate.take('school', 1_000);
}

test('reading costs by the request, its lines, and the bytes of address, headers and body', () => {
  expect(leftAfter(({ read }) => read(request, 'school'))).toBe(1_000 - (10 + 2 * 2 + 34 * 0.5 + 10));
});

test('planning costs by its milliseconds', () => {
  expect(leftAfter(({ planned }) => planned(20, 'school'))).toBe(1_000 - 140);
});

test('another pays nothing, nor does nobody in particular', () => {
  const charge = (client: string | null) =>
    leftAfter(({ read, planned }) => {
      read(request, client);
      planned(20, client);
    });
  expect([charge('clinic'), charge(null)]).toEqual([1_000, 1_000]);
});

test('who owes is told 429 with the seconds until they do not, and nobody else is', () => {
  const { planned, expectPaid } = chargedWork({ rate: costRate({ perSecond: 10, burst: 100, now: () => 0 }), work });
  planned(20, 'school');
  expect(() => expectPaid('school')).toThrow(
    expect.objectContaining({
      extensions: { code: 'RATE_LIMITED', http: { status: 429, headers: new Map([['retry-after', '4']]) } },
    }),
  );
  expect(() => expectPaid('clinic')).not.toThrow();
  expect(() => expectPaid(null)).not.toThrow();
});

test('without a rate nobody owes anything', () => {
  const { planned, expectPaid } = chargedWork({ rate: null, work: WORK_COSTS });
  planned(1_000_000, 'school');
  expect(() => expectPaid('school')).not.toThrow();
});

test('a client’s first hundred operations, each planned in 5 ms, pass at once with the rate that is the default', () => {
  const rate = costRate({ perSecond: 20_000, burst: 200_000, now: () => 0 });
  const { read, planned, expectPaid } = chargedWork({ rate, work: WORK_COSTS });
  for (let i = 0; i < 100; i += 1) {
    expectPaid('school');
    expect(rate.take('school', 300)).toBe(0);
    planned(5, 'school');
    read({ ...request, rawHeaders: Array.from({ length: 40 }, () => 'x'.repeat(80)) }, 'school');
  }
});
