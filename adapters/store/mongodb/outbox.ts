import { randomUUID } from 'node:crypto';
import { type mongo, trusted } from 'mongoose';
import type { ClaimedEvent, Clock, Store } from '../port.ts';
import { DURABLE, type Database, LOOSE } from './database.ts';
import type { Aggregate, OutboxEvent } from './models.ts';
import { partsOf } from './tuple.ts';

/** How often claims look for what a process that is gone left in its documents. */
const RECOVER_EVERY_MS = 5_000;

export type Outbox = ReturnType<typeof outbox>;

/**
 * Events wait in the document whose save made them, until they are carried into the outbox: before the save is
 * acknowledged, so that what was saved after it stands behind it; what a process that ended meanwhile left is carried by
 * the next claim, and by the document's next save.
 */
export function outbox({ models, run, inSession, tidy }: Database, clock: Clock) {
  let recoveredAt = -Infinity;
  /** Stand in the outbox; their documents do not say so yet. */
  const carried = new Set<string>();

  /** Idempotent: whoever comes first says where they stand. */
  async function carry({ _id, version, pending = [] }: Carried, at: mongo.Timestamp): Promise<void> {
    if (pending.length === 0) return;
    const [collection = '', aggregateId = ''] = partsOf(_id);
    const rest = { collection, aggregateId, version, at, ...NOT_CLAIMED };
    await models.outbox.bulkWrite(
      pending.map(({ id, type, data }, n) => ({
        updateOne: { filter: { _id: id }, update: { $setOnInsert: { ...rest, type, data, n } }, upsert: true },
      })),
      { ordered: false, writeConcern: DURABLE },
    );
    carried.add(`${version} ${_id}`);
    tidy(async () =>
      models.aggregates
        .updateOne({ _id, version }, { $unset: { pending: 1 } }, LOOSE)
        .finally(() => carried.delete(`${version} ${_id}`)),
    );
  }

  /** After the save that made them. The save stands, whatever becomes of this. */
  async function carryAfterSave(saved: Carried, at: mongo.Timestamp): Promise<void> {
    try {
      await carry(saved, at);
    } catch {
      recoveredAt = -Infinity;
    }
  }

  /** Of one document, or `null` = of all. */
  const carryLeft = async (document: string | null): Promise<void> =>
    inSession(async (session) => {
      const left = await models.aggregates
        .find({
          ...(document !== null && { _id: document }),
          'pending.id': trusted({ $gt: '' }),
        })
        .select({ version: 1, pending: 1 })
        .session(session)
        .lean();
      for (const one of left) await carry(one, timeOf(session));
    });

  async function recover(): Promise<void> {
    if (performance.now() - recoveredAt < RECOVER_EVERY_MS) return;
    await carryLeft(null);
    recoveredAt = performance.now();
  }

  const claim = async ({ type, leaseMs, limit, inOrder = false }: Parameters<Store['claim']>[0]) =>
    run(async () => {
      await recover();
      const now = clock();
      const claimed = { lease: randomUUID(), leaseUntil: now + leaseMs };
      const got = inOrder
        ? await oldestRun({ type, limit, now, claimed })
        : await oldestFree({ type, limit, now, claimed });
      return got.map((event) => claimedEvent(event, claimed.lease));
    });

  /** Of many that take at once some come away empty-handed and look again, until nothing is left or they have enough. */
  async function oldestFree({ type, limit, now, claimed }: Claiming): Promise<readonly OutboxEvent[]> {
    const got: OutboxEvent[] = [];
    while (got.length < limit) {
      const free = await waiting({ type, limit: limit - got.length, leaseUntil: trusted({ $lte: now }), but: got });
      if (free.length === 0) break;
      got.push(...(await taken(free, claimed)));
    }
    return got.toSorted(byPlace);
  }

  /** Whoever has the first of them has the run: the others who claim in order stop at it. */
  async function oldestRun({ type, limit, now, claimed }: Claiming): Promise<readonly OutboxEvent[]> {
    const oldest = await waiting({ type, limit });
    const held = oldest.findIndex(({ leaseUntil }) => leaseUntil > now);
    const run = held === -1 ? oldest : oldest.slice(0, held);
    const [first] = await taken(run.slice(0, 1), claimed);
    if (first === undefined) return [];
    const got = new Map([first, ...(await taken(run.slice(1), claimed))].map((event) => [event._id, event]));
    const gap = run.findIndex(({ _id }) => !got.has(_id));
    if (gap === -1) return [...got.values()];
    // Somebody who does not ask for an order was in between.
    const behind = run.slice(gap).flatMap(({ _id }) => (got.has(_id) ? [_id] : []));
    await release(behind, claimed.lease);
    return run.slice(0, gap).flatMap(({ _id }) => got.get(_id) ?? []);
  }

  const waiting = async ({ type, limit, leaseUntil, but = [] }: Waiting) =>
    models.outbox
      .find({
        type,
        settled: false,
        ...(leaseUntil !== undefined && { leaseUntil }),
        ...(but.length > 0 && { _id: trusted({ $nin: but.map(({ _id }) => _id) }) }),
      })
      .sort({ at: 1, n: 1 })
      .hint('waiting_events')
      .limit(limit)
      .lean();

  /** Those that nobody else took since they were read; each by itself, so that the driver may repeat it. */
  async function taken(events: readonly OutboxEvent[], claimed: Claimed): Promise<readonly OutboxEvent[]> {
    if (events.length === 0) return [];
    const { modifiedCount } = await models.outbox.bulkWrite(
      events.map(({ _id, lease }) => ({
        updateOne: { filter: { _id, lease, settled: false }, update: { $set: claimed, $inc: { attempt: 1 } } },
      })),
      { ordered: true, writeConcern: DURABLE },
    );
    if (modifiedCount === 0) return [];
    const ids = events.map(({ _id }) => _id);
    const mine = await models.outbox.find({ _id: trusted({ $in: ids }), lease: claimed.lease }).lean();
    return mine.toSorted(byPlace);
  }

  const release = async (ids: readonly string[], lease: string) =>
    models.outbox.bulkWrite(
      ids.map((_id) => ({
        updateOne: {
          filter: { _id, lease, settled: false },
          update: { $set: { lease: null, leaseUntil: 0 }, $inc: { attempt: -1 } },
        },
      })),
      { writeConcern: DURABLE },
    );

  const settle = async (claims: readonly Pick<ClaimedEvent, 'id' | 'lease'>[]) =>
    run(async () => {
      if (claims.length === 0) return [];
      const settledBy = randomUUID();
      const { modifiedCount } = await models.outbox.bulkWrite(
        claims.map(({ id, lease }) => ({
          updateOne: { filter: { _id: id, lease, settled: false }, update: { $set: { settled: true, settledBy } } },
        })),
        { ordered: false, writeConcern: DURABLE },
      );
      const ids = claims.map(({ id }) => id);
      if (modifiedCount === claims.length) return ids;
      const settled = await models.outbox.find({ _id: trusted({ $in: ids }), settledBy }, { _id: 1 }).lean();
      const done = new Set(settled.map(({ _id }) => _id));
      return [...new Set(ids)].filter((id) => done.has(id));
    });

  /** Before its next save. */
  async function carryBefore({ _id, version, pending }: Carried): Promise<void> {
    if (pending !== undefined && !carried.has(`${version} ${_id}`)) await carryLeft(_id);
  }

  return { carryAfterSave, carryBefore, claim, settle };
}

const NOT_CLAIMED = { attempt: 0, lease: null, leaseUntil: 0, settled: false } as const;

type Carried = Pick<Aggregate, '_id' | 'version' | 'pending'>;
type Claimed = Pick<OutboxEvent, 'leaseUntil'> & { readonly lease: string };

interface Claiming {
  readonly type: string;
  readonly limit: number;
  readonly now: number;
  readonly claimed: Claimed;
}

interface Waiting extends Pick<Claiming, 'type' | 'limit'> {
  readonly leaseUntil?: { readonly $lte: number };
  readonly but?: readonly OutboxEvent[];
}

/** When the server did what was done last in this session. */
export function timeOf(session: { readonly operationTime?: mongo.Timestamp }): mongo.Timestamp {
  if (session.operationTime === undefined) throw new Error('the server tells no time of operation: no replica set');
  return session.operationTime;
}

const byPlace = (a: OutboxEvent, b: OutboxEvent): number => a.at.compare(b.at) || a.n - b.n;

function claimedEvent(event: OutboxEvent, lease: string): ClaimedEvent {
  const { _id: id, collection, aggregateId, version, type, data, attempt } = event;
  return { id, collection, aggregateId, version, type, data: JSON.parse(data), attempt, lease };
}
