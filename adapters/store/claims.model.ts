import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import type { Budget } from './budget.ts';
import type { ClaimedEvent, Clock, Store } from './port.ts';
import { defineCollection } from './port.ts';

const things = defineCollection({ name: 'thing', schema: z.null(), keys: () => [], indexes: {} });

interface Waiting {
  readonly id: string;
  /** Until when it is held; 0 = free. */
  until: number;
  lease: string | null;
}

/** The reference: a list in order of commit, of which claims hold parts until an instant. */
interface Model {
  now: number;
  made: number;
  waiting: Waiting[];
  /** Every claim ever given, also those that ran out. */
  readonly claims: (readonly ClaimedEvent[])[];
}

type Move = fc.AsyncCommand<Model, Store>;
const move = (name: string, run: (model: Model, store: Store) => Promise<void>): Move => ({
  check: () => true,
  toString: () => name,
  run,
});

const save = fc.integer({ min: 1, max: 3 }).map((count) =>
  move(`save(${count})`, async (model, store) => {
    const ids = Array.from({ length: count }, (_, i) => `e${model.made + i}`);
    const events = ids.map((id) => ({ id, type: 'T', data: null }));
    await store.save(things, { id: `t${model.made}`, data: null, expectedVersion: 0, events });
    model.made += count;
    model.waiting.push(...ids.map((id) => ({ id, until: 0, lease: null })));
  }),
);

const claim = fc
  .record({ inOrder: fc.boolean(), leaseMs: fc.nat(4), limit: fc.integer({ min: 1, max: 4 }) })
  .map((options) =>
    move(`claim(${JSON.stringify(options)})`, async (model, store) => {
      const { waiting, now } = model;
      const held = waiting.findIndex(({ until }) => until > now);
      const run = held === -1 || !options.inOrder ? waiting : waiting.slice(0, held);
      const wanted = run.filter(({ until }) => until <= now).slice(0, options.limit);
      const got = await store.claim({ type: 'T', ...options });
      expect(got.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
      wanted.forEach((event, i) => Object.assign(event, { until: now + options.leaseMs, lease: got[i]?.lease }));
      model.claims.push(got);
    }),
  );

const settle = fc.record({ which: fc.nat(), part: fc.nat(4) }).map(({ which, part }) =>
  move(`settle(${which}, ${part})`, async (model, store) => {
    const claims = (model.claims[which % Math.max(1, model.claims.length)] ?? []).slice(0, part);
    const done = claims.filter(({ id, lease }) => model.waiting.some((one) => one.id === id && one.lease === lease));
    expect(await store.settle(claims)).toEqual(done.map(({ id }) => id));
    model.waiting = model.waiting.filter((one) => !done.some(({ id }) => id === one.id));
  }),
);

const pass = fc.nat(4).map((ms) =>
  move(`pass(${ms})`, async (model) => {
    model.now += ms;
  }),
);

/** Claims of every kind mixed, leases that run out, zombies that settle: always what the reference list gives. */
export function describeClaimsModel(open: (clock: Clock) => Promise<Store>, { share, longestMs }: Budget): void {
  test(
    'any sequence of saves, claims and settlements gives the events that the reference list gives',
    async () => {
      expect.hasAssertions();
      await fc.assert(
        fc.asyncProperty(fc.commands([save, claim, claim, settle, pass], { maxCommands: 60 }), async (run) => {
          const model: Model = { now: 1_000, made: 0, waiting: [], claims: [] };
          const store = await open(() => model.now);
          try {
            await fc.asyncModelRun(() => ({ model, real: store }), run);
          } finally {
            await store.close();
          }
        }),
        { numRuns: Math.ceil(100 * share) },
      );
    },
    longestMs,
  );
}
