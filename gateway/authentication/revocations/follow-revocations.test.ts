import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../../adapters/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../adapters/store/port.ts';
import { applyRevocation, type RevocationOrder } from './apply-revocation.ts';
import { followRevocations } from './follow-revocations.ts';
import { putOrder } from './inbox.ts';
import { newRevocation, notBefore, type Revocation, revocationId, revocations } from './revocation.ts';

const NOW = Date.UTC(2026, 10, 29, 9);
const MINUTE = 60_000;
let now: number;
let folder: string;
let inbox: string;
let store: Store;
const errors: string[] = [];
beforeEach(() => {
  now = NOW;
  errors.length = 0;
  causes.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'xinqiao-'));
  inbox = join(folder, 'inbox');
  store = openSqliteStore({ file: ':memory:' });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const clock = () => now;
const causes: object[] = [];
const log = {
  info: () => {},
  error: (entry: object, message: string) => {
    if ('cause' in entry) causes.push({ ...entry });
    errors.push(message);
  },
};
const followed = async () => followRevocations({ store, inbox, log, now: clock, every: () => () => {} });
const order = (
  asked: Pick<Revocation, 'kind' | 'value'> & { later?: boolean },
  what: 'REVOKE' | 'LIFT' = 'REVOKE',
) => ({ order: what, revocation: newRevocation(asked, clock) });
const apply = async (asked: RevocationOrder) => applyRevocation(store, asked, clock);
const token = (jti: string, subject = 's', sessionId: string | null = null) => ({
  jti,
  subject,
  sessionId,
  issuedAtSeconds: NOW / 1_000,
});
const TOKEN = { kind: 'TOKEN', value: 'j1' } as const;
const SUBJECT = { kind: 'SUBJECT', value: 's1' } as const;
const SESSION = { kind: 'SESSION', value: 'sid-1' } as const;

test('case 10: an order in the inbox is in force with the next look, then gone, and there after a restart', async () => {
  const first = await followed();
  expect(await first.list.denies(token('j1'))).toBe(false);
  putOrder(inbox, order(TOKEN));
  putOrder(inbox, order(SUBJECT));
  await first.look();
  expect([await first.list.denies(token('j1')), await first.list.denies(token('j2', 's1'))]).toEqual([true, true]);
  expect(await first.list.denies(token('j2', 's2'))).toBe(false);
  expect(readdirSync(inbox)).toEqual([]);
  await first.close();
  expect(await (await followed()).list.denies(token('j1'))).toBe(true);
});

test('case 10: what another gateway put into the store is in force with the next look', async () => {
  const { list, look } = await followed();
  await apply(order(TOKEN));
  expect(await list.denies(token('j1'))).toBe(false);
  await look();
  expect(await list.denies(token('j1'))).toBe(true);
});

test('case 10: while the store cannot be read what is known stays in force, and the order waits', async () => {
  await apply(order(TOKEN));
  const { list, look } = await followed();
  await store.close();
  putOrder(inbox, order(SUBJECT));
  await look();
  expect(errors).toEqual([
    'orders of npm run tokens could not be taken; run it under the account of the hub',
    'revoked tokens could not be looked at; those known stay in force',
  ]);
  const closed = { cause: { name: 'StoreError', code: 'STORE_CLOSED', problem: 'The store :memory: is closed.' } };
  expect(causes).toMatchObject([closed, closed]);
  expect(await list.denies(token('j1'))).toBe(true);
  expect(readdirSync(inbox)).toHaveLength(1);
});

test('case 10: an inbox that cannot be read keeps no hub from starting, and nothing of the store from being in force', async () => {
  writeFileSync(inbox, 'no folder');
  await apply(order(TOKEN));
  const { list } = await followed();
  expect(await list.denies(token('j1'))).toBe(true);
  expect(errors).toEqual(['orders of npm run tokens could not be taken; run it under the account of the hub']);
  expect(causes).toEqual([{ cause: expect.objectContaining({ name: expect.any(String) }) }]);
  expect(JSON.stringify(causes)).not.toContain('not a directory');
});

test('case 10: of a session that ended every token is withdrawn, of the same human being in another session none', async () => {
  const { list, look } = await followed();
  await apply(order(SESSION));
  await look();
  expect(await list.denies(token('j1', 's1', 'sid-1'))).toBe(true);
  expect(await list.denies(token('j2', 's1', 'sid-2'))).toBe(false);
  expect(await list.denies(token('sid-1', 'sid-1'))).toBe(false);
});

test('case 10: before not-before nothing counts that was issued, to the second; the store says it, and takes it back', async () => {
  const { list, look } = await followed();
  const issued = (seconds: number) => ({ ...token('j'), issuedAtSeconds: NOW / 1_000 + seconds });
  await apply({ order: 'REVOKE', revocation: notBefore(NOW / 1_000, clock) });
  await look();
  expect([await list.denies(issued(-1)), await list.denies(issued(0))]).toEqual([true, false]);
  await apply({ order: 'REVOKE', revocation: notBefore(NOW / 1_000 + 60, clock) });
  await look();
  expect([await list.denies(issued(59)), await list.denies(issued(60))]).toEqual([true, false]);
  await apply({ order: 'LIFT', revocation: notBefore(0, clock) });
  await look();
  expect(await list.denies(issued(-1))).toBe(false);
});

test('the same order again changes nothing', async () => {
  const same = order(TOKEN);
  await apply(same);
  await apply(same);
  expect((await store.load(revocations, revocationId(same.revocation)))?.version).toBe(1);
});

test('a subject that is shut out stays so when its tokens are withdrawn again, until it is lifted', async () => {
  const later = { jti: 'j', subject: 's1', sessionId: null, issuedAtSeconds: NOW / 1_000 + 3_600 };
  await apply(order({ ...SUBJECT, later: true }));
  await apply(order(SUBJECT));
  now += 60 * MINUTE;
  const { list, look } = await followed();
  expect(await list.denies(later)).toBe(true);
  await apply(order(SUBJECT, 'LIFT'));
  await look();
  expect(await list.denies(later)).toBe(false);
});

test('case 10: what a subject had until then stays withdrawn when an order that was given earlier comes later', async () => {
  const { list, look } = await followed();
  const at = (atMs: number) =>
    ({ order: 'REVOKE', revocation: newRevocation({ ...SUBJECT, at: atMs }, clock) }) as const;
  const issued = async (seconds: number) =>
    list.denies({ jti: 'j', subject: 's1', sessionId: null, issuedAtSeconds: NOW / 1_000 + seconds });
  await apply(at(NOW));
  await apply(at(NOW - 5 * MINUTE));
  await look();
  expect([await issued(-60), await issued(6)]).toEqual([true, false]);
  await apply(order(SUBJECT, 'LIFT'));
  await apply(at(NOW - 5 * MINUTE));
  await look();
  expect([await issued(-301), await issued(-60)]).toEqual([true, false]);
});

test('what was never withdrawn is lifted without effect; what ended by itself is not looked at', async () => {
  await apply(order(TOKEN, 'LIFT'));
  await apply(order(TOKEN));
  now += 21 * MINUTE;
  expect(await (await followed()).list.denies(token('j1'))).toBe(false);
});

const ID = '11111111-1111-4111-8111-111111111111.json';
test.each<[string, (file: string) => void]>([
  ['no JSON', (file) => writeFileSync(file, '{')],
  ['no order', (file) => writeFileSync(file, '{"order":"REVOKE","revocation":{"kind":"ALL"}}')],
  ['very large', (file) => writeFileSync(file, JSON.stringify(order(TOKEN)).padEnd(5_000))],
  [
    'a link',
    (file) => {
      writeFileSync(join(folder, 'x'), JSON.stringify(order(TOKEN)));
      symlinkSync(join(folder, 'x'), file);
    },
  ],
])('case 10: what waits and is %s is set aside, and keeps no order from being taken', async (_, make) => {
  mkdirSync(inbox);
  make(join(inbox, ID));
  putOrder(inbox, order(SUBJECT));
  const { list } = await followed();
  expect(await list.denies(token('j1'))).toBe(false);
  expect(await list.denies(token('j', 's1'))).toBe(true);
  expect(readdirSync(inbox)).toEqual([`${ID}.refused`]);
  expect(errors).toHaveLength(1);
});

/** Root reads whatever it likes, so for the length of the work it is nobody in particular, who has the inbox. */
async function asHubOfAnotherAccount(file: string, work: () => Promise<void>): Promise<void> {
  chmodSync(file, 0);
  const root = process.geteuid?.() === 0;
  if (root) for (const path of [folder, inbox]) chownSync(path, 65_534, 65_534);
  if (root) process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    if (root) process.seteuid?.(0);
  }
}

test('case 10: an order that the hub may not read waits, is told once, and keeps no other from being taken', async () => {
  const { list, look } = await followed();
  const file = putOrder(inbox, order(TOKEN));
  await asHubOfAnotherAccount(file, async () => {
    putOrder(inbox, order(SUBJECT));
    await look();
    await look();
  });
  expect(readdirSync(inbox)).toEqual([basename(file)]);
  expect(errors).toEqual(['an order of npm run tokens waits and cannot be read; run it under the account of the hub']);
  expect(await list.denies(token('j', 's1'))).toBe(true);
  chmodSync(file, 0o600);
  await look();
  expect(await list.denies(token('j1'))).toBe(true);
});

test('an order that root gives belongs to whose the folder is, and is read under that account; of others it is their own', async () => {
  const account = process.geteuid?.() === 0 ? 65_534 : process.geteuid?.();
  if (process.geteuid?.() === 0) chownSync(folder, 65_534, 65_534);
  // The first makes the folder, the second finds it.
  const files = [putOrder(inbox, order(TOKEN)), putOrder(inbox, order(SUBJECT))];
  expect([inbox, ...files].map((path) => statSync(path).uid)).toEqual([account, account, account]);
  const { list, look } = await followed();
  const root = process.geteuid?.() === 0;
  if (root) process.seteuid?.(65_534);
  try {
    await look();
  } finally {
    if (root) process.seteuid?.(0);
  }
  expect([readdirSync(inbox), errors]).toEqual([[], []]);
  expect([await list.denies(token('j1')), await list.denies(token('j', 's1'))]).toEqual([true, true]);
});
