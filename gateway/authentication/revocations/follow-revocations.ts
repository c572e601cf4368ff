import { setImmediate as turn } from 'node:timers/promises';
import { type Every, every as repeat } from '../../../adapters/shared/every.ts';
import { oneAtATime } from '../../../adapters/shared/one-at-a-time.ts';
import type { Store } from '../../../adapters/store/port.ts';
import { walk } from '../../../adapters/store/walk.ts';
import { causeForLog } from '../../../subgraphs/shared/cause-for-log.ts';
import { type DenyList, denyList } from '../deny-list.ts';
import { applyRevocation } from './apply-revocation.ts';
import { freshRun } from './fresh-run.ts';
import { type WaitingOrder, waitingOrders } from './inbox.ts';
import { inForce, revocations, writtenSince } from './revocation.ts';

/** A revocation is in force at every gateway within twice as long. */
const LOOK_EVERY_MS = 1_000;
const READ_ALL_EVERY_MS = 60_000;
/**
 * So far back behind the one before a look begins to read: another gateway's clock may be 5 s behind, and what it has dated
 * can be read when most members of the store have it, some seconds later (`STORE_TIMEOUT_MS`).
 */
const LOOK_BACK_MS = 30_000;
const TURN_AFTER = 100;

interface FollowOptions {
  readonly store: Store;
  readonly inbox: string | null;
  readonly log: {
    info(entry: object, message: string): void;
    error(entry: object, message: string): void;
  };
  readonly now?: () => number;
  readonly every?: Every;
}

/**
 * The deny-list as the store has it. Every second it takes what waits in the inbox, and reads what was written since the
 * look before. All that is in force is read at the start, and each minute beside the looks, however long that takes: for
 * what has no date, or one further behind than a look goes back. While the store cannot be read what is known stays in
 * force: the hub must take emergencies then, and a token ends by itself soon after.
 */
export async function followRevocations({
  store,
  inbox,
  log,
  now = Date.now,
  every = repeat,
}: FollowOptions): Promise<{ readonly list: DenyList; look(): Promise<void>; close(): Promise<void> }> {
  const list = denyList(now);
  let lookedAt = now();
  let closed = false;
  const toldUnreadable = new Set<string>();

  /** It waits: to set it aside would lose what somebody asked for. */
  function tellUnreadable(file: string): void {
    if (toldUnreadable.has(file)) return;
    toldUnreadable.add(file);
    log.error({ file }, 'an order of npm run tokens waits and cannot be read; run it under the account of the hub');
  }

  async function taken(waiting: WaitingOrder): Promise<boolean> {
    if (waiting.order === null) {
      waiting.setAside();
      log.error({}, 'what waited in the inbox of revocations is none and was set aside');
      return false;
    }
    if (waiting.order === 'unreadable') {
      tellUnreadable(waiting.file);
      return false;
    }
    await applyRevocation(store, waiting.order, now);
    const { order, revocation } = waiting.order;
    log.info({ order, kind: revocation.kind, later: revocation.later }, 'revocation taken');
    return true;
  }

  async function readNew(): Promise<void> {
    const begun = now();
    // The clock may have been set back since.
    const since = Math.min(lookedAt, begun) - LOOK_BACK_MS;
    for await (const found of walk(store, revocations, writtenSince(since))) list.take(found);
    lookedAt = begun;
  }

  async function readAll(): Promise<void> {
    const forgetOthers = list.anew();
    let taken = 0;
    for await (const found of walk(store, revocations, inForce(now))) {
      if (closed) return;
      list.take(found);
      taken += 1;
      // An embedded store answers within the turn: everybody else would wait until all of it is read.
      if (taken % TURN_AFTER === 0) await turn();
    }
    forgetOthers();
  }

  /** What went wrong there keeps nothing of the store from being in force. */
  async function takeOrders(): Promise<readonly WaitingOrder[]> {
    const orders: WaitingOrder[] = [];
    try {
      for (const waiting of waitingOrders(inbox)) if (await taken(waiting)) orders.push(waiting);
    } catch (error) {
      log.error(
        { cause: causeForLog(error) },
        'orders of npm run tokens could not be taken; run it under the account of the hub',
      );
    }
    return orders;
  }

  async function takeAnd(read: () => Promise<void>): Promise<void> {
    const orders = await takeOrders();
    await read();
    // A file that is gone tells who asked that it is in force.
    for (const order of orders) order.done();
  }

  const tellFailure = (error: unknown) =>
    log.error({ cause: causeForLog(error) }, 'revoked tokens could not be looked at; those known stay in force');
  // Whoever has written something and looks then must see it: a look that has begun before may not.
  const look = freshRun(async () => takeAnd(readNew).catch(tellFailure));
  const lookAtAll = oneAtATime(async () => readAll().catch(tellFailure));
  await takeAnd(readAll);
  const again = (milliseconds: number, task: () => Promise<void>) => repeating(task, { every, milliseconds });
  const ends = [again(LOOK_EVERY_MS, look), again(READ_ALL_EVERY_MS, lookAtAll)];
  return {
    list,
    look,
    close: async () => {
      closed = true;
      await Promise.all(ends.map(async (end) => end()));
    },
  };
}

/** Its end waits for the run that is under way. */
function repeating(
  task: () => Promise<void>,
  { every, milliseconds }: { every: Every; milliseconds: number },
): () => Promise<void> {
  let last: Promise<void> | null = null;
  const stop = every(milliseconds, async () => {
    last = task();
    await last;
  });
  return async () => {
    stop();
    await last;
  };
}
