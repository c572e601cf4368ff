import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Store } from '../../../adapters/store/port.ts';
import { answered } from '../../../adapters/webhooks/fake.ts';
import { webhooks } from './webhook.ts';
import { hub } from './webhooks.fixture.ts';

const A = 'https://a.example/hook';

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('CREATE' as const), count: fc.integer({ min: 1, max: 8 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('RUN' as const), instances: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('WAIT' as const),
      ms: fc.constantFrom(1_000, 6_000, 130_000, 400_000, 3_000_000),
    }),
  },
);
/** What the receiver says to the one or other message, and which saves of an instance are its last. */
const fates = fc.record({
  answers: fc.array(fc.constantFrom(200, 200, 204, 500, 422, 429), { minLength: 1, maxLength: 30 }),
  deaths: fc.array(fc.constantFrom('NO', 'NO', 'NO', 'NO', 'BEFORE', 'AFTER'), { minLength: 1, maxLength: 30 }),
});

test('cases 60 and 61: whatever receivers say and instances die of, every message arrives; twice only where an instance died', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), fates, async (steps, { answers: said, deaths }) => {
      let [saves, messages, died, well] = [0, 0, 0, false];
      const mortal = (store: Store): Store => ({
        ...store,
        save: async (collection, change) => {
          const death = well || collection.name !== webhooks.name ? 'NO' : deaths[saves++ % deaths.length];
          if (death !== 'NO') died += 1;
          if (death === 'BEFORE') throw new Error('killed');
          const saved = await store.save(collection, change);
          if (death === 'AFTER') throw new Error('killed');
          return saved;
        },
      });
      const { endpoint, create, instance, move, store } = hub({ store: mortal });
      const taken: string[] = [];
      const told: string[] = [];
      const { id } = await endpoint(A, ({ headers }) => {
        const status = well ? 200 : (said[messages++ % said.length] ?? 200);
        if (status < 300) taken.push(headers['webhook-id'] ?? '');
        return answered(status);
      });
      for (const one of steps) {
        if (one.kind === 'WAIT') move(one.ms);
        if (one.kind === 'RUN') await Promise.all(Array.from({ length: one.instances }, async () => instance().run()));
        if (one.kind !== 'CREATE') continue;
        const more = Array.from({ length: one.count }, (_, i) => `r${told.length + i}`);
        told.push(...more);
        await create(...more);
      }
      well = true;
      // All that is left comes within a day: nothing has been tried for three.
      for (let hour = 0; hour < 30; hour += 1) {
        move(3_600_000);
        await instance().run();
      }
      expect(new Set(taken).size).toBe(told.length);
      if (died === 0) expect(taken).toHaveLength(told.length);
      expect((await store.load(webhooks, id))?.data).toMatchObject({ retrying: [], cursor: told.length });
    }),
    { numRuns: 150 },
  );
});
