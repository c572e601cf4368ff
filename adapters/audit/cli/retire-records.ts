import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import { finished } from 'node:stream/promises';
import type { Store } from '../../store/port.ts';
import { auditTerms } from '../audit-terms.ts';
import { chainedText } from '../chain-hash.ts';
import { type ChainHead, type Checkpoint, signCheckpoint } from '../checkpoint.ts';
import type { CheckpointPlace } from '../checkpoint-place.ts';
import { headsOf } from '../checkpoint-writer.ts';
import { type AuditRecord, chainedRecordSchema } from '../port.ts';
import type { AuditKey } from '../signing-key.ts';
import { isSound, reportLines, verifyAudit } from './verify-audit.ts';

const BATCH = 1_000;

export interface Retirement {
  readonly log: string;
  readonly records: number;
  readonly last: number;
}

interface RetireOptions {
  readonly before: number;
  /** Of every gateway: one that is left out would go on as if nothing had been retired, and find records missing. */
  readonly places: readonly CheckpointPlace[];
  /** Public keys of the checkpoints that are there. */
  readonly keys: ReadonlyMap<string, KeyObject>;
  readonly signingKey: AuditKey;
  readonly out: string;
  readonly now: number;
}

/**
 * Takes the records before an instant out of the chains, the last one of a chain and what no checkpoint signed never.
 * First all is verified: what is not sound must not leave with a signature; throws in words, with the report. Then in this
 * order, so that a crash leaves nothing unproven: into the file, a record of it in the chain, at each place a signed
 * checkpoint that says where the chain goes on, and only then out of the store.
 */
export async function retireRecords(
  store: Store,
  { before, places, keys, signingKey, out, now }: RetireOptions,
): Promise<readonly Retirement[]> {
  const kept = await Promise.all(places.map(async (place) => place.readAll()));
  const report = await verifyAudit(store, { places: kept, keys });
  if (!isSound(report)) throw new Error(['Nothing was retired: verify first.', ...reportLines(report)].join('\n'));
  const at = new Date(now).toISOString();
  const retirements: (Retirement & { readonly head: ChainHead })[] = [];
  const file = createWriteStream(out, { flags: 'wx', mode: 0o600, flush: true });
  try {
    for (const { log, anchoredTo } of report.chains) {
      const old = await copyOld(store, log, { before, anchoredTo, write: (line) => file.write(line) });
      if (old.records > 0 && old.head !== null)
        retirements.push({ log, records: old.records, last: old.head.sequence, head: old.head });
    }
  } finally {
    file.end();
    await finished(file);
  }
  for (const { log, records, head } of retirements) {
    const first = head.sequence - records + 1;
    await appendTo(store, log, {
      kind: 'RETIRED',
      id: randomUUID(),
      at,
      log,
      first,
      last: head.sequence,
      lastHash: head.hash,
    });
  }
  const signed = kept.map(({ checkpoints }) => checkpoints.at(-1)?.retired ?? []);
  const retired = latestOf([...signed.flat(), ...retirements.map(({ head }) => head)]);
  const isSigned = (by: Checkpoint['retired']) =>
    retired.every(({ log, sequence }) => by.some((one) => one.log === log && one.sequence === sequence));
  // Nothing is that old, and no place was left out before.
  if (retirements.length === 0 && signed.every(isSigned)) return [];
  const heads = await headsOf(store);
  for (const place of places) {
    // Read anew: two addresses may lead to one place.
    const before = (await place.readAll()).checkpoints.at(-1) ?? null;
    await place.write(signCheckpoint(before, { at, heads, retired }, signingKey));
  }
  for (const { log, last } of retirements) await store.retireLog(log, { upTo: last });
  return retirements;
}

/** The latest of each chain: a place may have been left out of a retirement before. */
function latestOf(heads: readonly ChainHead[]): Checkpoint['retired'] {
  const latest = new Map<string, ChainHead>();
  for (const head of heads) if (head.sequence >= (latest.get(head.log)?.sequence ?? 0)) latest.set(head.log, head);
  return [...latest.values()];
}

async function copyOld(
  store: Store,
  log: string,
  { before, anchoredTo, write }: { before: number; anchoredTo: number; write: (line: string) => void },
): Promise<{ records: number; head: ChainHead | null }> {
  const end = (await store.lastOfLog(log))?.sequence ?? 0;
  let head: ChainHead | null = null;
  let records = 0;
  for (let after = 0; ;) {
    const entries = await store.readLog(log, { after, first: BATCH });
    for (const { data, sequence } of entries) {
      const chained = chainedRecordSchema.parse(data);
      // A clock that went back leaves an old instant behind a young one: the chain is cut at the first young one.
      if (sequence === end || sequence > anchoredTo || Date.parse(chained.record.at) >= before)
        return { records, head };
      write(`${JSON.stringify({ log, ...chained })}\n`);
      head = { log, sequence, hash: chained.hash };
      records += 1;
    }
    if (entries.length < BATCH) return { records, head };
    after = entries.at(-1)?.sequence ?? after;
  }
}

async function appendTo(store: Store, log: string, record: AuditRecord): Promise<void> {
  const last = await store.lastOfLog(log);
  if (last === null) throw new Error(`${log} is empty`);
  const { hash: previous } = chainedRecordSchema.parse(last.data);
  const { text } = chainedText({ sequence: last.sequence + 1, previous, record });
  await store.append(log, [{ id: record.id, text, ...auditTerms(record) }], { after: last.sequence });
}
