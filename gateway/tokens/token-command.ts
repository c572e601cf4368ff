import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { readSettings } from '../../adapters/shared/settings.ts';
import type { Store } from '../../adapters/store/port.ts';
import { storeSettings } from '../../adapters/store/settings.ts';
import { walk } from '../../adapters/store/walk.ts';
import { applyRevocation } from '../authentication/revocations/apply-revocation.ts';
import { inboxOf, putOrder, refusedFile } from '../authentication/revocations/inbox.ts';
import {
  inForce,
  newRevocation,
  type Revocation,
  revocations,
  revocationSchema,
} from '../authentication/revocations/revocation.ts';
import { type Environment, findStore, type StoreFound } from '../keys/store-of-keys.ts';

export type TokenCommand =
  { readonly do: 'list' } | ({ readonly do: 'revoke' | 'lift' } & Pick<Revocation, 'kind' | 'value' | 'later'>);

const TAKEN_WITHIN_MS = 10_000;
const SHARED = 'Done; every hub on this store goes by it within 2 s, or from its start.';

/** Does what is asked and says what was done, a line each. Throws in words. */
export async function tokenCommand(
  command: TokenCommand,
  environment: Environment,
  { takenWithinMs = TAKEN_WITHIN_MS }: { takenWithinMs?: number } = {},
): Promise<readonly string[]> {
  if (command.do === 'list') return using(await findStore(environment, { copy: true }), listed);
  const order = command.do === 'revoke' ? ('REVOKE' as const) : ('LIFT' as const);
  const asked = { order, revocation: revocationOf(command) };
  const found = await findStore(environment);
  return using(found, async (store) => {
    if (store !== null) {
      await applyRevocation(store, asked, Date.now);
      return [
        found.is === 'open' && found.shared ? SHARED : 'Done; the hub is not running, and goes by it from its start.',
      ];
    }
    await takenByHub(putOrder(inboxIn(environment), asked), takenWithinMs);
    return ['Done; it is in force at the running hub.'];
  });
}

function revocationOf(command: Exclude<TokenCommand, { do: 'list' }>): Revocation {
  const { success, data } = revocationSchema.safeParse(newRevocation(command, Date.now));
  if (!success) throw new Error('A jti or sub has 1 to 400 characters. Nothing was done.');
  return data;
}

/** The file goes once its order is in force, and gets another name if the hub refuses it. */
async function takenByHub(file: string, withinMs: number): Promise<void> {
  for (const end = Date.now() + withinMs; existsSync(file); await pause(50))
    if (Date.now() > end)
      throw new Error(
        `Not in force: the hub did not take it within ${withinMs / 1_000} s; it waits in ${file}. See the hub's log. ` +
          'If the hub cannot read the file, remove it and run this again under the account of the hub.',
      );
  if (existsSync(refusedFile(file)))
    throw new Error(
      `Not in force: the hub refused it and keeps it in ${refusedFile(file)}. Run the command of the release that ` +
        'the hub runs; or stop the hub, run this again, and start it.',
    );
}

async function listed(store: Store | null): Promise<readonly string[]> {
  if (store === null) throw new Error('The store is in use and could not be copied; try again.');
  const lines: string[] = [];
  for await (const { data } of walk(store, revocations, inForce(Date.now)))
    lines.push(`${data.kind} ${data.value} at ${data.at}${data.later ? ', and what is issued later' : ''}`);
  return lines.length === 0 ? ['Nothing is withdrawn.'] : lines;
}

/** `null` = in use: the hub has it. */
async function using<T>(found: StoreFound, work: (store: Store | null) => Promise<T>): Promise<T> {
  if (found.is === 'absent') throw new Error(`There is no store at ${found.file}; is STORE_URL right?`);
  const store = found.is === 'open' ? found.store : null;
  try {
    return await work(store);
  } finally {
    await store?.close();
  }
}

function inboxIn(environment: Environment): string {
  const inbox = inboxOf(readSettings(storeSettings, environment).values.STORE_URL);
  if (inbox === null) throw new Error('A store in memory has no inbox.');
  return inbox;
}
