import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { measuredFeed } from './measured-feed.fixture.ts';
import { measuredLists } from './measured-lists.fixture.ts';
import { measuredMoves } from './measured-moves.fixture.ts';
import { measuredWebhooks } from './measured-webhooks.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'xinqiao-measured-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('creations and moves are counted, by one caller and by fifty', async () => {
  const figures = await measuredMoves({ folder, seconds: 0.2, people: 20 });
  expect(figures.map(({ what, callers }) => `${what} ${callers}`)).toEqual([
    'SAVE 1',
    'CREATE 1',
    'MOVE 1',
    'CREATE 50',
    'MOVE 50',
  ]);
  expect(figures.filter(({ done, micros }) => done < 1 || micros <= 0)).toEqual([]);
});

test('every list is measured at every size, as often as there are rounds', async () => {
  const { filled, lists } = await measuredLists({ folder, rounds: 1, sizes: [210, 220] });
  expect(filled.map(({ size }) => size)).toEqual([210, 220]);
  expect(lists).toHaveLength(18);
  expect(lists.filter(({ taken }) => taken.length !== 1)).toEqual([]);
});

test('the feed is read to its end', async () => {
  expect(await measuredFeed({ folder, changes: 250 })).toMatchObject({ changes: 250, pages: 3 });
});

test('those that answer get everything, without those that hang and beside them', async () => {
  const small = { folder, rounds: 1, well: 3, hanging: 1, burst: 4, steady: 2 };
  const runs = await measuredWebhooks(small);
  expect(runs).toMatchObject([
    { receivers: 4, hanging: 1, burst: { deliveries: 12 }, steady: { deliveries: 6 } },
    { receivers: 3, hanging: 0, burst: { deliveries: 12 }, steady: { deliveries: 6 } },
  ]);
});
