/**
 * The process that the crash test kills: again and again a change that carries its record, and a request whose record is
 * durable before its id is written to stdout, as an answer would be; every third is an emergency, by way of the spool.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readSettings } from '../shared/settings.ts';
import { openStore } from '../store/open-store.ts';
import { defineCollection } from '../store/port.ts';
import { storeSettings } from '../store/settings.ts';
import { changeRelay } from './change-relay.ts';
import { checkpointPlace } from './checkpoint-place.ts';
import { openAuditLog } from './open-audit-log.ts';
import { changeEvent, type RequestRecord } from './port.ts';
import { signingKeyOf } from './signing-key.ts';
import { openSpool } from './spool.ts';

const EMERGENCY_EVERY = 3;
const silent = { error: () => {}, warn: () => {} };

export const counters = defineCollection({ name: 'counter', schema: z.number(), keys: () => [], indexes: {} });

async function writeUntilKilled(folder: string, key: string, url = `sqlite:${join(folder, 'hub.db')}`): Promise<never> {
  const store = await openStore(readSettings(storeSettings, { STORE_URL: url }).values);
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
  await relay.run();
  let version = (await store.load(counters, 'c'))?.version ?? 0;
  for (;;) {
    const n = version + 1;
    const at = new Date().toISOString();
    const by = { request: `request-${n}`, actor: null, purpose: 'CARE' };
    const events = [changeEvent(`change-${n}`, { change: 'COUNTED', personId: 'p', at, by })];
    ({ version } = await store.save(counters, { id: 'c', data: n, expectedVersion: version, events }));
    void relay.run();
    const record = requestRecord(n, at);
    await (n % EMERGENCY_EVERY === 0 ? auditLog.appendThroughSpool(record) : auditLog.append(record));
    writeSync(1, `${n}\n`);
  }
}

function requestRecord(n: number, at: string): RequestRecord {
  const actor = { subject: 's', client: 'c', organisation: null, department: null, division: null, personId: null };
  const nothing = { codes: [], forbidden: [], coordinates: [], others: [], persons: [], spooledAt: null };
  const rest = { trace: null, purpose: 'CARE', operation: null, outcome: 'ANSWERED' as const };
  return { kind: 'REQUEST', id: `request-${n}`, at, actor, ...rest, ...nothing };
}

if (import.meta.main) await writeUntilKilled(process.argv[2] ?? '', process.argv[3] ?? '', process.argv[4]);
