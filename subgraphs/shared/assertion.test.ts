import { createSecretKey } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { openAssertion, signAssertion } from './assertion.ts';
import type { Caller } from './caller.ts';
import { deriveKey } from './key-derivation.ts';

const key = createSecretKey(Buffer.alloc(32, 1));
const caller: Caller = {
  subject: 'w',
  client: 'health-system',
  organisation: null,
  department: 'HEALTH',
  division: '390106',
  roles: [],
  scopes: ['health:visits:read'],
  purposes: ['CARE'],
  personId: null,
};
const request = { requestId: 'r-1', caller, purpose: 'CARE' as const, signal: new AbortController().signal };
const now = () => Math.floor(Date.now() / 1_000);

const forged = async (changes: Readonly<Record<string, unknown>>) =>
  new SignJWT({
    iss: 'xinqiao:gateway',
    aud: 'health',
    rid: 'r-1',
    caller,
    purpose: 'CARE',
    iat: now(),
    exp: now() + 30,
    ...changes,
  })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(key);

test('who asks, for what and in which request comes through', async () => {
  const { signal: _, ...said } = request;
  expect(openAssertion(signAssertion(request, { audience: 'health', key }), { audience: 'health', key })).toEqual(said);
  expect(openAssertion(await forged({}), { audience: 'health', key })).toEqual(said);
});

test.each([
  ['of another issuer: a grant is no assertion', { iss: 'xinqiao:person' }],
  ['for another subgraph', { aud: 'union' }],
  ['expired', { iat: now() - 60, exp: now() - 10 }],
  ['too old', { iat: now() - 60, exp: now() + 600 }],
  ['without end', { exp: undefined }],
  ['without caller', { caller: undefined }],
  ['with a caller who says more', { caller: { ...caller, admin: true } }],
  ['with a person who has a department', { caller: { ...caller, personId: 'p-1' } }],
  ['with a purpose that there is not', { purpose: 'CURIOSITY' }],
  ['without request', { rid: undefined }],
])('case 33: one %s is nothing', async (_, changes) => {
  expect(openAssertion(await forged(changes), { audience: 'health', key })).toBeNull();
});

test('case 33: signed with another key, changed, or with its signature cut off, it is nothing', async () => {
  const right = await forged({});
  const [header = '', payload = '', signature = ''] = right.split('.');
  const other = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), purpose: 'CRISIS_RESPONSE' };
  const changed = Buffer.from(JSON.stringify(other)).toString('base64url');
  const stranger = signAssertion({ ...request }, { audience: 'health', key: createSecretKey(Buffer.alloc(32, 2)) });
  for (const token of [stranger, `${header}.${changed}.${signature}`, `${header}.${payload}.`, `${header}.${payload}`])
    expect(openAssertion(token, { audience: 'health', key })).toBeNull();
  expect(openAssertion(right, { audience: 'health', key })).not.toBeNull();
});

test.each([undefined, '', 'Bearer x', 'a.b.c'])('case 29: %j is nothing', async (token) => {
  expect(openAssertion(token, { audience: 'health', key })).toBeNull();
});

test('each subgraph and each use has a key of its own', () => {
  const keys = (['grant', 'assertion'] as const).flatMap((use) =>
    ['health', 'union'].map((name) => deriveKey('s'.repeat(32), use, name).export().toString('hex')),
  );
  expect(new Set(keys).size).toBe(4);
  expect(deriveKey('t'.repeat(32), 'grant', 'health').export().toString('hex')).not.toBe(keys[0]);
});
