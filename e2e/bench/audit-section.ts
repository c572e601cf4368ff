import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkpointPlace } from '../../adapters/audit/checkpoint-place.ts';
import { isSound, reportLines, verifyAudit } from '../../adapters/audit/cli/verify-audit.ts';
import { openAuditLog } from '../../adapters/audit/open-audit-log.ts';
import type { AuditLog, RequestRecord } from '../../adapters/audit/port.ts';
import { publicKeysOf, signingKeyOf } from '../../adapters/audit/signing-key.ts';
import { openSpool } from '../../adapters/audit/spool.ts';
import { openStore } from '../../adapters/store/open-store.ts';
import type { Store } from '../../adapters/store/port.ts';
import { storeSettings } from '../../adapters/store/settings.ts';
import { readSettings } from '../../adapters/shared/settings.ts';
import { markdownTable } from './markdown-table.ts';

const WRITERS = [1, 50];
const BATCH = 1_000;
const silent = { error: () => {}, warn: () => {} };

/** The audit log by itself, on the machine's own disk: records durable a second, and how long a whole log takes to verify. */
export async function auditSection({ records, seconds }: { records: number; seconds: number }): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-audit-bench-'));
  const { STORE_URL } = readSettings(storeSettings, { STORE_URL: `sqlite:${join(folder, 'hub.db')}` }).values;
  const store = await openStore({ STORE_URL });
  try {
    return await measure(store, { folder, records, seconds });
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

async function measure(
  store: Store,
  { folder, records, seconds }: { folder: string; records: number; seconds: number },
) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const signingKey = signingKeyOf(JSON.stringify(privateKey.export({ format: 'jwk' })));
  const keys = publicKeysOf(JSON.stringify({ keys: [publicKey.export({ format: 'jwk' })] }));
  const place = checkpointPlace(`file:${join(folder, 'checkpoints.jsonl')}`);
  const spool = openSpool(join(folder, 'spool.jsonl'));
  const auditLog = await openAuditLog({ store, writer: 'bench', place, signingKey, spool, log: silent });
  const rows: (readonly (string | number)[])[] = [];
  let written = 0;
  for (const writers of WRITERS) {
    const count = await durableFor(auditLog, { writers, seconds, from: written });
    written += count;
    rows.push([`durable, ${writers} writer(s)`, Math.round(count / seconds), 'records a second']);
  }
  while (written < records) {
    await Promise.all(Array.from({ length: BATCH }, (_, i) => auditLog.append(requestRecord(written + 1 + i))));
    written += BATCH;
  }
  await auditLog.close();
  await spool.close();
  const [started, usedBefore] = [performance.now(), process.cpuUsage()];
  const report = await verifyAudit(store, { places: [await place.readAll()], keys });
  const { user, system } = process.cpuUsage(usedBefore);
  const verified = report.chains.reduce((sum, chain) => sum + chain.records, 0);
  if (!isSound(report) || verified !== written)
    throw new Error(`of ${written} records not all verify:\n${reportLines(report).join('\n')}`);
  const took = (performance.now() - started) / 1_000;
  const used = (user + system) / 1e6;
  rows.push(
    [`verify ${written} records`, took.toFixed(1), 's'],
    ['the same, processor time', used.toFixed(1), 's'],
    ['of a million (aim: 30)', ((took / written) * 1e6).toFixed(1), 's'],
    ['the same, processor time', ((used / written) * 1e6).toFixed(1), 's'],
  );
  return markdownTable(['what', 'figure', 'unit'], rows);
}

async function durableFor(
  auditLog: AuditLog,
  { writers, seconds, from }: { writers: number; seconds: number; from: number },
): Promise<number> {
  const end = performance.now() + seconds * 1_000;
  let count = 0;
  const write = async () => {
    while (performance.now() < end) {
      count += 1;
      await auditLog.append(requestRecord(from + count));
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
  return count;
}

/** As large as the record of a whole care profile. */
function requestRecord(n: number): RequestRecord {
  const categories = ['visits', 'diagnoses', 'assessment', 'follow-up', 'medication', 'rehabilitation'];
  const standing = { basis: 'CARE_TEAM', ground: 'consent:5f1c3a0e-0000-4000-8000-000000000000' };
  return {
    kind: 'REQUEST',
    id: `request-${n}`,
    at: new Date().toISOString(),
    trace: null,
    actor: {
      subject: '4a108f2e-21b7-4211-8580-74e41e485b2b',
      client: 'hub-console',
      organisation: 'health-commission',
      department: 'HEALTH',
      division: '390106',
      personId: null,
    },
    purpose: 'CARE',
    operation: { type: 'query', name: 'CareProfile', hash: 'a'.repeat(64) },
    outcome: 'ANSWERED',
    codes: [],
    forbidden: [],
    coordinates: [Array.from({ length: 60 }, (_, i) => `HealthFacet.someField${i}`)],
    others: ['Query.person'],
    persons: [
      {
        id: `person-${n % 5_000}`,
        by: 'id',
        visible: true,
        shown: Object.fromEntries(categories.map((category) => [`health:${category}`, standing])),
        coordinates: 0,
        crossesJurisdiction: false,
        nameMatch: null,
      },
    ],
    spooledAt: null,
  };
}
