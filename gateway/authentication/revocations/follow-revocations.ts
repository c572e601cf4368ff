import { type Every, every as repeat } from '../../../adapters/shared/every.ts';
import { oneAtATime } from '../../../adapters/shared/one-at-a-time.ts';
import type { Store } from '../../../adapters/store/port.ts';
import { walk } from '../../../adapters/store/walk.ts';
import { causeForLog } from '../../../subgraphs/shared/cause-for-log.ts';
import { type DenyList, denyList } from '../deny-list.ts';
import { applyRevocation } from './apply-revocation.ts';
import { type WaitingOrder, waitingOrders } from './inbox.ts';
import { inForce, type Revocation, revocations } from './revocation.ts';

/** A revocation is in force at every gateway within twice as long. */
const LOOK_EVERY_MS = 1_000;

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
 * The deny-list as the store has it, looked at every second, with what waits in the inbox. While the store cannot be
 * read what is known stays in force: the hub must take emergencies then, and a token ends by itself soon after.
 */
export async function followRevocations({
  store,
  inbox,
  log,
  now = Date.now,
  every = repeat,
}: FollowOptions): Promise<{ readonly list: DenyList; look(): Promise<void>; close(): Promise<void> }> {
  const list = denyList();
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
    await applyRevocation(store, waiting.order);
    const { order, revocation } = waiting.order;
    log.info({ order, kind: revocation.kind, later: revocation.later }, 'revocation taken');
    return true;
  }

  async function read(): Promise<void> {
    const found: Revocation[] = [];
    for await (const { data } of walk(store, revocations, inForce(now))) found.push(data);
    list.put(found);
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

  async function takeAndRead(): Promise<void> {
    const orders = await takeOrders();
    await read();
    // A file that is gone tells who asked that it is in force.
    for (const order of orders) order.done();
  }

  const look = oneAtATime(async () => {
    await takeAndRead().catch((error: unknown) => {
      log.error({ cause: causeForLog(error) }, 'revoked tokens could not be looked at; those known stay in force');
    });
  });
  await takeAndRead();
  let last: Promise<void> | null = null;
  const stop = every(LOOK_EVERY_MS, () => {
    last = look();
  });
  return {
    list,
    look,
    close: async () => {
      stop();
      await last;
    },
  };
}
