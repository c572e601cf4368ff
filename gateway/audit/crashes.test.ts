import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { recordsIn } from '../../adapters/audit/audit.fixture.ts';
import { isSound, reportLines, verifyAudit } from '../../adapters/audit/cli/verify-audit.ts';
import type { AuditRecord } from '../../adapters/audit/port.ts';
import { publicKeysOf } from '../../adapters/audit/signing-key.ts';
import { CRASHES } from '../../adapters/store/crash-count.ts';
import { openSqliteStore } from '../../adapters/store/sqlite/sqlite-store.ts';
import { persons } from '../../subgraphs/person/person.ts';
import { type Acknowledged, hubOnDisk } from './hub-on-disk.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'hub-crashes-'));
afterAll(() => rmSync(folder, { recursive: true }));
const hubProcess = fileURLToPath(new URL('./hub-on-disk.fixture.ts', import.meta.url));
const pair = generateKeyPairSync('ed25519');
const key = JSON.stringify(pair.privateKey.export({ format: 'jwk' }));
const keys = publicKeysOf(JSON.stringify({ keys: [pair.publicKey.export({ format: 'jwk' })] }));
/** Of the answering that the kill falls into; some ten answers. */
const WITHIN_MS = 150;

/** Runs the hub and kills it some time after its first answer; tells what it had acknowledged. */
async function answerAndKill(personId: string): Promise<readonly Acknowledged[]> {
  const child = spawn(process.execPath, [hubProcess, folder, key, personId], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const acknowledged: Acknowledged[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (acknowledged.length === 0) setTimeout(() => child.kill('SIGKILL'), randomInt(WITHIN_MS));
    acknowledged.push(JSON.parse(line));
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
  return acknowledged;
}

/** Versions of the person that a change made, and how many records say so. */
const versionsIn = (records: readonly AuditRecord[], personId: string) =>
  records.flatMap((record) => (record.kind === 'CHANGE' && record.document === personId ? [record.version] : []));

test(
  `case 70: ${CRASHES} times kill -9 while consents are given and withdrawn and answers go out: each has its record, none twice, each consent stands, all verifies`,
  async () => {
    const requests: string[] = [];
    let seen = 0;
    for (let crash = 1; crash <= CRASHES; crash += 1) {
      const personId = `adult-${crash}`;
      const acknowledged = await answerAndKill(personId);
      requests.push(...acknowledged.map(({ request }) => request));
      seen += acknowledged.filter((one) => one.seen).length;
      const { place, close } = await hubOnDisk(folder, { key, late: true });
      await close();
      const store = openSqliteStore({ file: join(folder, 'hub.db') });
      try {
        const records = await recordsIn(store);
        const ids = records.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const there = new Set(records.flatMap(({ kind, id }) => (kind === 'REQUEST' ? [id] : [])));
        expect(requests.filter((id) => !there.has(id))).toEqual([]);

        const person = await store.load(persons, personId);
        const standing = new Map(person?.data.consents.map(({ id, withdrawnAt }) => [id, withdrawnAt === null]));
        const given = acknowledged.flatMap((one) => one.given ?? []);
        const withdrawn = new Set(acknowledged.flatMap((one) => one.withdrawn ?? []));
        // The last one may have been withdrawn without a word.
        const sure = given.filter((id, i) => withdrawn.has(id) || i < given.length - 1);
        expect(sure.map((id) => [id, standing.get(id)])).toEqual(sure.map((id) => [id, !withdrawn.has(id)]));
        expect(given.filter((id) => !standing.has(id))).toEqual([]);
        // Also of changes of which nobody was told: each version of the person but its first.
        const versions = Array.from({ length: (person?.version ?? 0) - 1 }, (_, i) => i + 2);
        expect(versionsIn(records, personId).toSorted((a, b) => a - b)).toEqual(versions);

        const report = await verifyAudit(store, { places: [await place.readAll()], keys });
        expect([isSound(report), reportLines(report)[0]]).toEqual([true, expect.stringMatching(/^ok/)]);
      } finally {
        await store.close();
      }
    }
    // Answers with and without, or nothing was at stake.
    expect(seen).toBeGreaterThan(0);
    expect(seen).toBeLessThan(requests.length);
  },
  CRASHES * 10_000,
);
