/** What the tests of the audit log are made with. */
import { generateKeyPairSync } from 'node:crypto';
import type { Store } from '../store/port.ts';
import { StoreError } from '../store/port.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { CheckpointPlace } from './checkpoint-place.ts';
import { readRecords } from './cli/read-records.ts';
import type { AuditedPerson, AuditRecord, ChangeRecord, RequestRecord, Spool } from './port.ts';
import { publicKeysOf, signingKeyOf } from './signing-key.ts';

const pair = generateKeyPairSync('ed25519');
export const signingKey = signingKeyOf(JSON.stringify(pair.privateKey.export({ format: 'jwk' })));
/** As `--keys` has it. */
export const publicKeysFile = JSON.stringify({ keys: [pair.publicKey.export({ format: 'jwk' })] });
export const publicKeys = publicKeysOf(publicKeysFile);
export const silent = { error: () => {}, warn: () => {} };

/** A place in memory that may fail. */
export function placeInMemory(): CheckpointPlace & { readonly written: Checkpoint[]; failing: boolean } {
  const written: Checkpoint[] = [];
  const place = {
    written,
    failing: false,
    write: async (checkpoint: Checkpoint) => {
      if (place.failing) throw new Error('the place is away');
      written.push(checkpoint);
    },
    readAll: async () => ({ checkpoints: [...written], unreadable: [], cutOff: [] }),
  };
  return place;
}

export function spoolInMemory(): Spool {
  const waiting = new Map<string, { kind: string; id: string; at: string; data: never }>();
  return {
    write: async ({ kind, id, data }) =>
      void waiting.set(id, { kind, id, at: '2026-03-02T00:00:00.000Z', data: data as never }),
    done: async (id) => void waiting.delete(id),
    pending: (kind) => [...waiting.values()].filter((entry) => entry.kind === kind),
    close: async () => {},
  };
}

/** A store whose log refuses records while it is `down`, and counts the steps. */
export function failingStore(store: Store): Store & { down: boolean; steps: number } {
  const failing = {
    ...store,
    down: false,
    steps: 0,
    append: async (...given: Parameters<Store['append']>) => {
      if (failing.down) throw new StoreError('STORE_FULL', { store: 'test' });
      failing.steps += 1;
      await store.append(...given);
    },
  };
  return failing;
}

/** A clockwork that the test turns by hand. */
export function handTurned() {
  const tasks = new Set<() => void>();
  return {
    every: (_milliseconds: number, task: () => void) => {
      tasks.add(task);
      return () => void tasks.delete(task);
    },
    turn: () => tasks.forEach((task) => task()),
  };
}

export const audited = (changes: Partial<AuditedPerson> = {}): AuditedPerson => ({
  id: 'person-1',
  by: 'id',
  visible: true,
  shown: { 'health:visits': { basis: 'CONSENT', ground: 'consent:1' } },
  coordinates: 0,
  crossesJurisdiction: false,
  nameMatch: null,
  ...changes,
});

export const requestRecord = (changes: Partial<RequestRecord> = {}): RequestRecord => ({
  kind: 'REQUEST',
  id: 'request-1',
  at: '2026-03-02T02:00:00.000Z',
  trace: null,
  actor: {
    subject: 'worker-1',
    client: 'health-system',
    organisation: 'district-hospital',
    department: 'HEALTH',
    division: '990101',
    personId: null,
  },
  purpose: 'CARE',
  operation: { type: 'query', name: 'CareProfile', hash: 'abc' },
  outcome: 'ANSWERED',
  codes: [],
  forbidden: [],
  coordinates: [['HealthFacet.visits', 'Person.maskedName']],
  others: [],
  persons: [audited()],
  spooledAt: null,
  ...changes,
});

export const changeRecord = (changes: Partial<ChangeRecord> = {}): ChangeRecord => ({
  kind: 'CHANGE',
  id: 'change-1',
  at: '2026-03-02T02:00:00.000Z',
  request: 'request-1',
  actor: null,
  purpose: 'CARE',
  change: 'CONSENT_WITHDRAWN',
  collection: 'person',
  document: 'person-1',
  version: 2,
  personId: 'person-1',
  ...changes,
});

/** All records of a store, chain after chain. */
export const recordsIn = async (store: Store): Promise<readonly AuditRecord[]> =>
  (await Array.fromAsync(readRecords(store, { from: null, to: null }))).map(({ chained }) => chained.record);
