import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import {
  audited,
  handTurned,
  placeInMemory,
  publicKeysFile,
  requestRecord,
  signingKey,
  silent,
  spoolInMemory,
} from '../audit.fixture.ts';
import { checkpointPlace } from '../checkpoint-place.ts';
import { openAuditLog } from '../open-audit-log.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'audit-main-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('verify goes by every place that it is given', async () => {
  const [file, keys] = [join(folder, 'two.db'), join(folder, 'keys.json')];
  writeFileSync(keys, publicKeysFile);
  const places = ['first', 'second'].map((name) => `file:${join(folder, name)}`);
  for (const [i, url] of places.entries()) {
    const store = openSqliteStore({ file });
    const options = { store, place: checkpointPlace(url), spool: spoolInMemory(), signingKey, log: silent };
    const log = await openAuditLog({ ...options, every: handTurned().every, writer: `gateway-${i}` });
    await log.append(requestRecord({ id: `r-${i}` }));
    await log.close();
    await store.close();
  }
  const verify = (...given: readonly string[]) =>
    spawnSync(
      process.execPath,
      [MAIN, 'verify', '--keys', keys, ...given.flatMap((place) => ['--checkpoints', place])],
      {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], STORE_URL: `sqlite:${file}` },
        timeout: 20_000,
      },
    );
  expect(verify(...places)).toMatchObject({
    status: 0,
    stderr: '',
    stdout: 'ok   audit:gateway-0: 1 records, anchored up to 1\nok   audit:gateway-1: 1 records, anchored up to 1\n',
  });
  expect(verify(...places, `file:${join(folder, 'third')}`).stdout).toMatch(/^NOT VERIFIED: place 3: /);
  expect(verify().stderr).toMatch(/^verify needs --checkpoints PLACE/);
});

test('the FHIR export has an event for each person of each record, one a line', async () => {
  const file = join(folder, 'hub.db');
  const out = join(folder, 'events.jsonl');
  const store = openSqliteStore({ file });
  const options = { store, place: placeInMemory(), spool: spoolInMemory(), signingKey, log: silent };
  const log = await openAuditLog({ ...options, every: handTurned().every, writer: 'hub' });
  await log.append(requestRecord({ id: 'r-1', persons: [audited(), audited({ id: 'person-2' })] }));
  await log.append(requestRecord({ id: 'r-2', outcome: 'REFUSED', persons: [] }));
  await log.close();
  await store.close();
  const { stdout, stderr } = spawnSync(process.execPath, [MAIN, 'export', '--format', 'fhir', '--out', out], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], STORE_URL: `sqlite:${file}` },
    timeout: 20_000,
  });
  expect([stdout, stderr]).toEqual([`2 records written to ${out}.\n`, '']);
  const events = readFileSync(out, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(
    events.map(({ extension, outcome, entity }) => [
      extension[0].valueString,
      outcome,
      entity[0].what?.identifier.value,
    ]),
  ).toEqual([
    ['r-1', '0', 'person-1'],
    ['r-1', '0', 'person-2'],
    ['r-2', '4', undefined],
  ]);
});
