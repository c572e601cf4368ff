import { afterEach, describe, expect, test } from '@jest/globals';
import { type AuditLog, AuditUnavailable, type RequestRecord } from '../../adapters/audit/port.ts';
import { silentLog } from '../../subgraphs/shared/log.ts';
import type { TokenVerifier } from '../authentication/token-verifier.ts';
import { AuthenticationError } from '../authentication/authentication-error.ts';
import { type FrontDoor, frontDoor } from '../front-door.fixture.ts';
import { requestContext } from '../request-context.ts';
import { auditUnavailable, basisEnded } from './audit-errors.ts';
import { refusedPurpose, refusedRequests } from './refused-requests.ts';

const TRACE = 'a'.repeat(32);
const CALLER = {
  subject: 'worker\nforged',
  client: 'health-system',
  organisation: null,
  department: 'HEALTH',
  division: '390106',
  roles: [],
  scopes: [],
  purposes: ['CARE' as const],
  personId: null,
};
/** Accepts the token "good" alone. */
const verifier = {
  verify: async ([header]: readonly string[]) => {
    if (header !== 'Bearer good') throw new AuthenticationError('SIGNATURE');
    return { caller: CALLER, expectStanding: async () => {}, confirm: async () => {} };
  },
} as TokenVerifier;

let door: FrontDoor;
afterEach(() => door.close());

/** A front door whose refusals are recorded; `errors` is what the engine answers with. */
async function opened({
  logDown = false,
  errors,
  handler = 'lean',
}: { logDown?: boolean; errors?: readonly Error[]; handler?: 'lean' | 'apollo' } = {}) {
  const records: RequestRecord[] = [];
  const auditLog: AuditLog = {
    append: async (record) => {
      if (logDown) throw new AuditUnavailable('down');
      records.push(record as RequestRecord);
    },
    appendThroughSpool: async () => {},
    close: async () => {},
  };
  const purposeRefused = refusedPurpose({ auditLog, log: silentLog });
  door = await frontDoor('type Query { hello(n: Int): String }', {
    handler,
    contextOf: requestContext({ verifier, requestTimeoutMs: 5_000, log: silentLog, purposeRefused }),
    refused: refusedRequests({ auditLog, log: silentLog }),
    ...(errors && { executor: async () => ({ data: null, errors }) }),
  });
  const headers = {
    authorization: 'Bearer good',
    'x-purpose-of-use': 'CARE',
    traceparent: `00-${TRACE}-${'b'.repeat(16)}-01`,
  };
  const post = (body: unknown, changes: Readonly<Record<string, string>> = {}) =>
    door.post(body, { ...headers, ...changes });
  const ask = (query: string, changes?: Readonly<Record<string, string>>) => post({ query }, changes);
  return { records, ask, post, headers };
}

const deep = (levels: number): object => (levels === 0 ? {} : { in: deep(levels - 1) });

describe.each(['lean', 'apollo'] as const)(
  '62, %s: what a known caller is refused before anything runs is recorded',
  (handler) => {
    test.each([
      ['no GraphQL', '{ hello', 'BAD_USER_INPUT'],
      ['an unknown field', '{ goodbye }', 'BAD_USER_INPUT'],
      ['too many aliases', `{ ${Array.from({ length: 40 }, (_, i) => `a${i}: hello`).join(' ')} }`, 'LIMIT_EXCEEDED'],
      ['an alias of the hub’s own', '{ xinqiao_person: hello }', 'BAD_USER_INPUT'],
      ['the other alias of the hub’s own', '{ xinqiao_category: hello }', 'BAD_USER_INPUT'],
    ])('%s', async (_, query, code) => {
      const { records, ask } = await opened({ handler });
      expect((await ask(query)).status).toBe(400);
      expect(records).toHaveLength(1);
      expect(records[0]).toMatchObject({
        outcome: 'REFUSED',
        trace: TRACE,
        purpose: 'CARE',
        actor: { subject: 'worker\nforged', client: 'health-system' },
        persons: [],
        others: [],
      });
      expect(records[0]?.codes).toEqual([code]);
      expect(door.executed()).toBe(0);
    });

    test.each([
      ['no JSON', '{"query": "{ hello', 'BAD_USER_INPUT'],
      ['a batch', [{ query: '{ hello }' }, { query: '{ hello }' }], 'LIMIT_EXCEEDED'],
      ['no query', { variables: {} }, 'BAD_USER_INPUT'],
      ['variables nested too deeply', { query: '{ hello }', variables: deep(100) }, 'LIMIT_EXCEEDED'],
      ['a body that is too large', { query: `{ hello } #${'x'.repeat(2_000_000)}` }, 'LIMIT_EXCEEDED'],
    ])('a request that is none: %s', async (_, body, code) => {
      const { records, post } = await opened({ handler });
      expect((await post(body)).status).toBe(400);
      expect(records).toMatchObject([
        { outcome: 'REFUSED', operation: null, codes: [code], trace: TRACE, persons: [] },
      ]);
      await post(body, { authorization: 'Bearer bad' });
      expect(records).toHaveLength(1);
    });

    test('a request that is none, by its address', async () => {
      const { records, headers } = await opened({ handler });
      const response = await fetch(`${door.url}?query={hello}&variables={`, {
        headers: { ...headers, 'graphql-require-preflight': '1' },
      });
      expect(response.status).toBe(400);
      expect(records).toMatchObject([{ outcome: 'REFUSED', operation: null, codes: ['BAD_USER_INPUT'] }]);
    });

    test('a purpose that the token does not allow', async () => {
      const { records, ask } = await opened({ handler });
      expect((await ask('{ hello }', { 'x-purpose-of-use': 'AUDIT' })).status).toBe(400);
      expect(records).toMatchObject([
        { outcome: 'REFUSED', operation: null, purpose: 'NOT_ALLOWED', codes: ['BAD_USER_INPUT'], trace: TRACE },
      ]);
    });

    test('a caller whose token is not accepted is nobody: a line of the log, no record', async () => {
      const { records, ask } = await opened({ handler });
      expect((await ask('{ hello }', { authorization: 'Bearer bad' })).status).toBe(401);
      expect(records).toEqual([]);
    });

    test('where the record cannot be written the refusal stays what it is', async () => {
      const { ask } = await opened({ logDown: true, handler });
      expect((await ask('{ goodbye }')).status).toBe(400);
      expect((await ask('{ hello }', { 'x-purpose-of-use': 'AUDIT' })).status).toBe(400);
    });
  },
);

describe.each(['lean', 'apollo'] as const)('%s', (handler) => {
  test.each([
    [503, auditUnavailable(), 'AUDIT_UNAVAILABLE'],
    [200, basisEnded(), 'BASIS_ENDED'],
  ])('over HTTP it is %i with one error, no data and nothing else', async (status, error, code) => {
    const { ask } = await opened({ errors: [error], handler });
    const answer = await ask('{ hello }');
    expect(answer).toEqual({ status, data: null, errors: [{ message: error.message, extensions: { code } }] });
  });
});
