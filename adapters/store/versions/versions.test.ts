import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { storeVersions } from './store-versions.ts';
import { describeVersions } from './versions.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'versions-'));
afterAll(() => rmSync(folder, { recursive: true }));

let n = 0;
describeVersions(
  'an embedded store',
  { newUrl: () => `sqlite:${join(folder, `store-${(n += 1)}.db`)}` },
  { shared: false },
);

test('versions are counted without a gap, and each is readable by the hub before it', () => {
  expect(storeVersions.map(({ version }) => version)).toEqual(storeVersions.map((_, i) => i + 1));
  for (const { version, readableBy } of storeVersions) expect(readableBy).toBeLessThanOrEqual(Math.max(1, version - 1));
});
