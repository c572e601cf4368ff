import { createHmac, createSecretKey } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jwtVerify, SignJWT } from 'jose';
import { sealed, unsealed } from './sealed-claims.ts';

const key = createSecretKey(Buffer.alloc(32, 1));
const seal = { issuer: 'xinqiao:person', audience: 'health', key };
const now = Math.floor(Date.now() / 1_000);
const right = { iss: seal.issuer, aud: seal.audience, sub: '王', iat: now, exp: now + 30 };

/** What jose says of a token, by the rules of this file. */
async function byJose(token: string) {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      issuer: seal.issuer,
      audience: seal.audience,
      requiredClaims: ['exp', 'iat'],
      maxTokenAge: 30,
      clockTolerance: 5,
    });
    return payload;
  } catch {
    return null;
  }
}

const forged = async (changes: Readonly<Record<string, unknown>>) =>
  new SignJWT({ ...right, ...changes }).setProtectedHeader({ alg: 'HS256' }).sign(key);

test('what was sealed is opened by jose and here, with the same claims', async () => {
  const token = sealed(JSON.stringify({ sub: '王', parts: [{ a: 1 }] }), seal);
  const claims = { sub: '王', parts: [{ a: 1 }], iss: seal.issuer, aud: 'health', iat: expect.any(Number) };
  expect(unsealed(token, seal)).toMatchObject(claims);
  expect(await byJose(token)).toEqual(unsealed(token, seal));
});

test.each([
  ['as it should be', {}, true],
  ['for another audience', { aud: 'union' }, false],
  ['of another issuer', { iss: 'xinqiao:gateway' }, false],
  ['without audience', { aud: undefined }, false],
  ['just over, within the tolerance of clocks', { exp: now - 2 }, true],
  ['over', { iat: now - 20, exp: now - 10 }, false],
  ['too old, though it says otherwise', { iat: now - 60, exp: now + 600 }, false],
  ['from the future', { iat: now + 60, exp: now + 90 }, false],
  ['from the near future', { iat: now + 2 }, true],
  ['not yet valid', { nbf: now + 60 }, false],
  ['without end', { exp: undefined }, false],
  ['without beginning', { iat: undefined }, false],
  ['with an end that is no number', { exp: `${now + 30}` }, false],
])('a token %s: jose and the seal agree', async (_, changes, opens) => {
  const token = await forged(changes);
  expect((await byJose(token)) !== null).toBe(opens);
  expect(unsealed(token, seal) !== null).toBe(opens);
});

test('RFC 8725 3.1: another header is refused, whatever its signature', async () => {
  const header = async (fields: object) =>
    new SignJWT(right).setProtectedHeader({ alg: 'HS256', ...fields }).sign(createSecretKey(Buffer.alloc(64, 1)));
  const strong = { ...seal, key: createSecretKey(Buffer.alloc(64, 1)) };
  expect(unsealed(await header({}), strong)).toMatchObject(right);
  for (const fields of [{ alg: 'HS512' }, { typ: 'JWT' }, { kid: 'x' }])
    expect(unsealed(await header(fields), strong)).toBeNull();
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(right)).toString('base64url')}.`;
  expect(unsealed(none, seal)).toBeNull();
});

test.each(['', '.', '..', 'a.b.c', 'eyJhbGciOiJIUzI1NiJ9.', 'eyJhbGciOiJIUzI1NiJ9..', 'eyJhbGciOiJIUzI1NiJ9.e30.'])(
  '%j is no seal',
  (token) => {
    expect(unsealed(token, seal)).toBeNull();
  },
);

test('a right signature over what is no object opens nothing', () => {
  for (const payload of ['[]', 'null', '1', 'x'])
    expect(unsealed(signedText(Buffer.from(payload).toString('base64url')), seal)).toBeNull();
});

test('any one changed character breaks it, in the mark too', () => {
  const token = sealed('{"sub":"1"}', seal);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ';
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom(...letters), (at, letter) => {
      fc.pre(token[at] !== letter);
      expect(unsealed(token.slice(0, at) + letter + token.slice(at + 1), seal)).toBeNull();
    }),
  );
  expect(unsealed(`${token}=`, seal)).toBeNull();
  expect(unsealed(token.slice(0, -1), seal)).toBeNull();
});

/** Signs a payload of any kind by hand. */
function signedText(payload: string): string {
  const input = `eyJhbGciOiJIUzI1NiJ9.${payload}`;
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
}
