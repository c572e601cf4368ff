import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { consent } from '../person-fixtures.ts';
import { own } from '../trust.fixture.ts';
import { hubWithLog, looked } from './own-log.fixture.ts';

let hub: Awaited<ReturnType<typeof hubWithLog>>;
beforeEach(async () => {
  hub = await hubWithLog();
});
afterEach(() => hub.close());

test.each([
  [['GUARDIAN'], ['您的监护人', 'your guardian'], ['监护人', 'a guardian']],
  [['SELF'], ['您', 'you'], ['本人', 'the person']],
  [
    ['SELF', 'GUARDIAN'],
    ['您和您的监护人', 'you and your guardian'],
    ['本人和监护人', 'the person and a guardian'],
  ],
] as const)('who agreed is said, to the person and to the guardian: %j', async (givers, toPerson, toGuardian) => {
  const [agreement] = consent().agreements;
  if (agreement === undefined) throw new Error('an agreement');
  const agreements = givers.map((by) => ({ ...agreement, by }));
  await hub.saveLike('second', { consents: [consent({ id: 'c', agreements, completeAt: '2026-02-01T00:00:00Z' })] });
  await hub.write(
    looked('r1', {}, { id: 'second', shown: { 'health:visits': { basis: 'CONSENT', ground: 'consent:c' } } }),
  );
  const told = async (as: ReturnType<typeof own>) => (await hub.log(as, { personId: 'second' })).edges[0].node.text;
  for (const [as, [zh, en]] of [
    [own('second'), toPerson],
    [own('mother'), toGuardian],
  ] as const) {
    const text = await told(as);
    expect(text.zh).toContain(`同意（${zh}于 2026-02-01 同意）`);
    expect(text.en).toContain(`consent (${en} agreed on 2026-02-01)`);
  }
});
