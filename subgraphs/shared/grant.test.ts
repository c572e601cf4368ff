import { createSecretKey } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { type Grant, openGrant, signGrant } from './grant.ts';

const key = createSecretKey(Buffer.alloc(32, 1));
const otherKey = createSecretKey(Buffer.alloc(32, 2));
const grant: Grant = {
  personId: 'p-1',
  parts: [{ basis: 'CONSENT', categories: ['visits'], localIds: ['H-1', 'H-2'] }],
  purpose: 'CARE',
  actor: 'health-system',
  requestId: 'r-1',
};
const expected = {
  audience: 'health',
  key,
  personId: 'p-1',
  requestId: 'r-1',
  purpose: 'CARE',
  actor: 'health-system',
};
const now = () => Math.floor(Date.now() / 1_000);

/** A token of anybody's making under the right key; the claims of a right one but for these changes. */
async function forged(changes: Readonly<Record<string, unknown>>, { alg = 'HS256' } = {}): Promise<string> {
  const claims = {
    iss: 'xinqiao:person',
    aud: 'health',
    sub: 'p-1',
    parts: [{ basis: 'CONSENT', categories: ['visits'], localIds: ['H-1'] }],
    purpose: 'CARE',
    act: 'health-system',
    rid: 'r-1',
    iat: now(),
    exp: now() + 30,
    ...changes,
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg })
    .sign(alg === 'HS256' ? key : createSecretKey(Buffer.alloc(64, 1)));
}

test('a grant is opened by whom it is for, exactly as it was made', async () => {
  expect(openGrant(signGrant(grant, { audience: 'health', key }), expected)).toEqual(grant);
  expect(openGrant(await forged({}), expected)).toMatchObject({ personId: 'p-1' });
});

test.each([
  ['another person', { personId: 'p-2' }],
  ['another request', { requestId: 'r-2' }],
  ['another purpose', { purpose: 'REFERRAL' }],
  ['another client', { actor: 'union-system' }],
  ['another department', { audience: 'union' }],
  ['another key', { key: otherKey }],
])('case 30: for %s it is nothing', async (_, changes) => {
  const token = signGrant(grant, { audience: 'health', key });
  expect(openGrant(token, { ...expected, ...changes })).toBeNull();
});

test.each([
  ['expired', { iat: now() - 60, exp: now() - 10 }],
  ['too old, though it says otherwise', { iat: now() - 60, exp: now() + 3_600 }],
  ['from the future', { iat: now() + 60, exp: now() + 90 }],
  ['without end', { exp: undefined }],
  ['without beginning', { iat: undefined }],
  ['of another issuer', { iss: 'xinqiao:gateway' }],
  ['about nobody', { sub: undefined }],
  ['with a basis that there is not', { parts: [{ basis: 'BECAUSE', categories: ['visits'], localIds: ['H-1'] }] }],
  ['with a purpose that there is not', { purpose: 'CURIOSITY' }],
  ['with local ids that are none', { parts: [{ basis: 'CONSENT', categories: ['visits'], localIds: 'H-1' }] }],
])('case 30: one that is %s is nothing', async (_, changes) => {
  expect(openGrant(await forged(changes), expected)).toBeNull();
});

test.each(['', 'x', 'a.b.c', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJwLTEifQ.'])('%j is no grant', async (token) => {
  expect(openGrant(token, expected)).toBeNull();
});

test('another algorithm is refused, whatever the key', async () => {
  const strong = createSecretKey(Buffer.alloc(64, 1));
  expect(openGrant(await forged({}, { alg: 'HS512' }), { ...expected, key: strong })).toBeNull();
});

test('an end that was changed breaks the signature', async () => {
  const [head = '', body = '', mark = ''] = signGrant(grant, { audience: 'health', key }).split('.');
  const claims = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), parts: [] };
  const changed = [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), mark].join('.');
  expect(openGrant(changed, expected)).toBeNull();
});
