import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { CRASHES } from '../store/crash-count.ts';
import { linesUntilKilled } from '../store/killed-process.fixture.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { recordsIn } from './audit.fixture.ts';
import { checkpointPlace } from './checkpoint-place.ts';
import { isSound, reportLines, verifyAudit } from './cli/verify-audit.ts';
import { openAuditLog } from './open-audit-log.ts';
import { changeRelay } from './change-relay.ts';
import { counters } from './crash-writer.ts';
import { publicKeysOf, signingKeyOf } from './signing-key.ts';
import { openSpool } from './spool.ts';

const folder = mkdtempSync(join(tmpdir(), 'audit-crashes-'));
afterAll(() => rmSync(folder, { recursive: true }));
const writer = fileURLToPath(new URL('./crash-writer.ts', import.meta.url));
const pair = generateKeyPairSync('ed25519');
const key = JSON.stringify(pair.privateKey.export({ format: 'jwk' }));
const keys = publicKeysOf(JSON.stringify({ keys: [pair.publicKey.export({ format: 'jwk' })] }));
const silent = { error: () => {}, warn: () => {} };

test(
  `case 70: ${CRASHES} times kill -9 in the middle of records of changes and requests, some by way of the spool: each that was acknowledged is there, none twice, all verifies`,
  async () => {
    const answered: number[] = [];
    for (let crash = 1; crash <= CRASHES; crash += 1) {
      answered.push(...(await linesUntilKilled(writer, [folder, key], (crash % 10) * 7 + 1)).map(Number));
      expect(answered.length).toBeGreaterThanOrEqual(crash);
      // A minute later: what the dead process had claimed is free again.
      const store = openSqliteStore({ file: join(folder, 'hub.db'), clock: () => Date.now() + 60_000 });
      const spool = openSpool(join(folder, 'spool.jsonl'));
      const place = checkpointPlace(`file:${join(folder, 'checkpoints.jsonl')}`);
      const auditLog = await openAuditLog({
        store,
        writer: 'hub',
        place,
        signingKey: signingKeyOf(key),
        spool,
        log: silent,
      });
      const relay = changeRelay({ store, auditLog, log: silent });
      try {
        await relay.close();
        await auditLog.close();
        const ids = (await recordsIn(store)).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const there = new Set(ids);
        expect(answered.filter((n) => !there.has(`request-${n}`))).toEqual([]);
        // Also of a change whose answer never went out.
        const changes = (await store.load(counters, 'c'))?.data ?? 0;
        expect(ids.filter((id) => id.startsWith('change-'))).toHaveLength(changes);
        expect(spool.pending('REQUEST')).toEqual([]);
        const report = await verifyAudit(store, { places: [await place.readAll()], keys });
        expect([isSound(report), reportLines(report)[0]]).toEqual([true, expect.stringMatching(/^ok/)]);
      } finally {
        await spool.close();
        await store.close();
      }
    }
  },
  CRASHES * 3_000,
);
