import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { describe, expect, test } from '@jest/globals';
import { selfSigned } from '../../gateway/subgraph-sources/http/self-signed.fixture.ts';
import { httpDoor } from '../../adapters/shared/http-door.ts';
import { SourceError } from '../../adapters/shared/source-error.ts';
import type { Read } from '../../adapters/shared/source.ts';
import { category, categoryLoaders } from './category-loaders.ts';
import type { AccessBasis, Grant } from './grant.ts';
import { silentLog } from './log.ts';

interface Row {
  readonly text: string;
  readonly sealed?: boolean;
  readonly withheld?: boolean;
}
const ROWS: Readonly<Record<string, readonly Row[]>> = {
  a: [{ text: 'a1' }, { text: 'a2' }],
  b: [{ text: 'b1' }],
  empty: [],
  secret: [{ text: 's1', sealed: true }],
  mixed: [
    { text: 'm1', sealed: true },
    { text: 'm2', sealed: false },
  ],
  kept: [{ text: 'k1', withheld: true }],
  partly: [{ text: 'p1', withheld: true }, { text: 'p2' }],
  both: [{ text: 'b1', sealed: true, withheld: true }],
};

/** A department with one category, `notes`, and what it was asked. */
function department({ failing = false, cached = false, signal = new AbortController().signal } = {}) {
  const asked: (readonly string[])[] = [];
  const notesOf: Read<Row> = async (localIds) => {
    asked.push(localIds);
    if (failing) throw new SourceError('SOURCE_TIMEOUT', { source: 'notes' });
    return { asOf: '2026-01-01T00:00:00Z', cached, rows: localIds.map((id) => ROWS[id] ?? null) };
  };
  const table = {
    notes: category(
      (source: { notesOf: Read<Row> }) => source.notesOf,
      () => null,
    ),
  };
  const loaders = categoryLoaders({ notesOf }, table, { department: 'health', signal, log: silentLog });
  const read = async (localIds: readonly string[], basis: AccessBasis = 'CONSENT') => {
    const grant: Grant = {
      personId: 'p',
      parts: [{ basis, categories: ['notes'], localIds }],
      purpose: 'CARE',
      actor: 'c',
      requestId: 'r',
    };
    return (await loaders.readAll(grant, ['notes'])).get('notes');
  };
  return { asked, read };
}
const texts = (read: unknown) => (read as { rows: readonly Row[] | null }).rows?.map(({ text }) => text) ?? null;

test('all persons of a request share one call; each gets the rows of all local ids of theirs', async () => {
  const { asked, read } = department();
  const answers = await Promise.all([read(['a', 'b']), read(['b']), read(['nobody'])]);
  expect(answers.map(texts)).toEqual([['a1', 'a2', 'b1'], ['b1'], null]);
  expect(asked).toEqual([['a', 'b', 'nobody']]);
});

test('one of two local ids that is not known there takes nothing from the other', async () => {
  expect(texts(await department().read(['nobody', 'a']))).toEqual(['a1', 'a2']);
});

test('for its own records a department asks for nobody without local ids', async () => {
  const { asked, read } = department();
  expect(texts(await read([], 'OWN_RECORD'))).toBeNull();
  expect(asked).toEqual([]);
});

type Seen = readonly string[] | null;
const STAFF = ['CONSENT', 'REFERRAL', 'CARE_TEAM', 'MANDATORY_REPORT', 'EMERGENCY'] as const;

test.each<[string, string, { own: Seen; staff: Seen; self: Seen }]>([
  ['sealed alone', 'secret', { own: ['s1'], staff: null, self: null }],
  ['sealed and open', 'mixed', { own: ['m1', 'm2'], staff: ['m2'], self: ['m2'] }],
  ['withheld alone', 'kept', { own: ['k1'], staff: ['k1'], self: null }],
  ['withheld and open', 'partly', { own: ['p1', 'p2'], staff: ['p1', 'p2'], self: ['p2'] }],
  ['sealed and withheld at once', 'both', { own: ['b1'], staff: null, self: null }],
  ['nothing', 'empty', { own: [], staff: null, self: null }],
])('%s: what its own department, others and the person see', async (_, localId, { own, staff, self }) => {
  const seenBy = async (basis: AccessBasis) => texts(await department().read([localId], basis));
  expect(await seenBy('OWN_RECORD')).toEqual(own);
  for (const basis of STAFF) expect([basis, await seenBy(basis)]).toEqual([basis, staff]);
  expect(await seenBy('SELF')).toEqual(self);
});

test.each<[AccessBasis, string]>([
  ...STAFF.map((basis): [AccessBasis, string] => [basis, 'secret']),
  ['SELF', 'secret'],
  ['SELF', 'kept'],
])(
  '%s: known by nothing but hidden rows (%s) is not known, to the letter, from a cache too',
  async (basis, localId) => {
    const unknown = await department().read(['nobody'], basis);
    expect(await department().read([localId], basis)).toEqual(unknown);
    expect(await department({ cached: true }).read([localId], basis)).toEqual(unknown);
  },
);

describe('case 68: whether a department knows the person is told by', () => {
  const bases = [...STAFF, 'SELF'] as const;
  test.each(bases)('no number or kind of calls (%s)', async (basis) => {
    const [known, unknown] = [department(), department()];
    const alike = await Promise.all([known.read(['secret'], basis), unknown.read([], basis)]);
    expect(alike[1]).toEqual(alike[0]);
    expect(unknown.asked.map(({ length }) => length)).toEqual(known.asked.map(({ length }) => length));
    expect(unknown.asked[0]?.[0]).toMatch(/^[A-Z0-9]{32}$/);
  });
  test.each(bases)('no failure of its source (%s)', async (basis) => {
    const [known, unknown] = [department({ failing: true }), department({ failing: true })];
    expect(await unknown.read([], basis)).toEqual(await known.read(['secret'], basis));
  });
  test('no call more for a list of whom some are known', async () => {
    const { asked, read } = department();
    expect((await Promise.all([read([]), read(['a']), read([])])).map(texts)).toEqual([null, ['a1', 'a2'], null]);
    expect(asked.map(({ length }) => length)).toEqual([3]);
    expect(new Set(asked[0]).size).toBe(3);
  });
});

test('rows of a cache say so', async () => {
  expect(await department({ cached: true }).read(['a'])).toMatchObject({ cached: true, asOf: '2026-01-01T00:00:00Z' });
});

test('a failure is a value, for each who asked', async () => {
  const { read } = department({ failing: true });
  const answers = await Promise.all([read(['a']), read(['b'])]);
  expect(answers).toEqual([{ failure: expect.any(SourceError) }, { failure: expect.any(SourceError) }]);
});

describe('case 68: when a department has answered that there is nothing to see', () => {
  /** Whether it still waits when all that the department does is done; what waits comes when the request is over. */
  async function waits(localIds: readonly string[], basis: AccessBasis): Promise<boolean> {
    const request = new AbortController();
    let isRead = false;
    const reading = department({ signal: request.signal })
      .read(localIds, basis)
      .then(() => {
        isRead = true;
      });
    await new Promise((resolve) => setImmediate(resolve));
    const waiting = !isRead;
    request.abort();
    await reading;
    return waiting;
  }

  test.each([
    ['nobody', []],
    ['somebody without rows', ['empty']],
    ['somebody with sealed rows alone', ['secret']],
  ])('others learn of %s at a time that does not say which it is', async (_, localIds) => {
    for (const basis of STAFF) expect(await waits(localIds, basis)).toBe(true);
    expect(await waits(localIds, 'SELF')).toBe(true);
  });

  test('rows that may be seen, and what the department itself keeps, come at once', async () => {
    expect(await waits(['a'], 'CONSENT')).toBe(false);
    expect(await waits(['empty'], 'OWN_RECORD')).toBe(false);
  });
});

/** What the log is told when the department is read so, and what became of the read. */
async function toldOf(read: Read<Row>) {
  const told: unknown[] = [];
  const log = { ...silentLog, warn: (...given: unknown[]) => told.push(...given) };
  const signal = new AbortController().signal;
  const table = {
    notes: category(
      () => read,
      () => null,
    ),
  };
  const parts = [{ basis: 'CONSENT' as const, categories: ['notes'], localIds: ['a'] }];
  const grant: Grant = { personId: 'p', parts, purpose: 'CARE', actor: 'c', requestId: 'r' };
  const reads = await categoryLoaders({}, table, { department: 'health', signal, log }).readAll(grant, ['notes']);
  return { told, notes: reads.get('notes') };
}

test.each([
  ['has expired', true, /of the system of health has expired .*\(CERT_HAS_EXPIRED\): renew it/],
  ['nobody vouches for', false, /of the system of health is not trusted \(DEPTH_ZERO.*NODE_EXTRA_CA_CERTS/],
])('a department whose TLS certificate %s is told in the log, with what to do', async (_what, isKnown, words) => {
  const identity = selfSigned('localhost', isKnown ? { notAfter: '250101000000Z' } : {});
  const known = tls.getCACertificates('default');
  tls.setDefaultCACertificates(isKnown ? [...known, identity.cert] : known);
  const server = createServer(identity);
  await once(server.listen(0, 'localhost'), 'listening');
  const baseUrl = `https://localhost:${(server.address() as AddressInfo).port}`;
  const door = httpDoor({ source: 'health', baseUrl, retries: 0 });
  const { told, notes } = await toldOf(async () =>
    door.get(['notes']).then(() => ({ asOf: '', cached: false, rows: [] })),
  );
  server.close();
  tls.setDefaultCACertificates(known);
  expect(notes).toMatchObject({ failure: { code: 'SOURCE_UNAVAILABLE' } });
  expect(told).toEqual([{ department: 'health', problem: expect.stringMatching(words) }, expect.any(String)]);
});

test('what an adapter says to be wrong with the department is told in the log', async () => {
  const failed = new SourceError('SOURCE_INVALID', { source: 'health', problem: 'it is the other product' });
  const { told } = await toldOf(async () => Promise.reject(failed));
  expect(told).toEqual([{ department: 'health', problem: 'it is the other product' }, expect.any(String)]);
});
