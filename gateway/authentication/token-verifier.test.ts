import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { AuthenticationError } from './authentication-error.ts';
import { newRevocation } from './revocations/revocation.ts';
import { base64url, type Forger, forger } from './test-support/forger.ts';
import { refusal, verifierUnderTest } from './test-support/verifier-under-test.ts';
import { MAX_TOKEN_AGE_SECONDS } from './token-age.ts';

let hub: Awaited<ReturnType<typeof verifierUnderTest>>;
let stranger: Forger;
beforeAll(async () => {
  hub = await verifierUnderTest();
  stranger = await forger('first');
});
afterAll(() => hub.close());

const seconds = () => Math.floor(hub.clock.ms / 1_000);

describe('a right token', () => {
  test('says who calls, and nobody can change it afterwards', async () => {
    const caller = await hub.verify(await hub.token({ scope: 'a:b  a:b health:visits:read' }));
    expect(caller).toEqual({
      subject: '5b7c0a3e-0000-4000-8000-000000000001',
      client: 'health-system',
      organisation: 'health-commission',
      department: 'HEALTH',
      division: '390106',
      roles: ['department-system'],
      scopes: ['a:b', 'health:visits:read'],
      purposes: ['CARE', 'REFERRAL'],
      personId: null,
    });
    expect([caller, caller.roles, caller.scopes, caller.purposes].every(Object.isFrozen)).toBe(true);
  });

  test.each([0, 1, 2])('may be signed by RS256, PS256 and ES256 (%i)', async (index) => {
    expect(await refusal(hub.verify(await hub.token({}, hub.keys[index])))).toBe('ACCEPTED');
  });

  test('of the person cared for carries a person id and no department', async () => {
    const own = { azp: 'hub-console', department: undefined, organisation: undefined, division: undefined };
    const caller = await hub.verify(await hub.token({ ...own, person_id: 'p1', purposes: ['SELF_ACCESS'] }));
    expect(caller).toMatchObject({ personId: 'p1', department: null, organisation: null, division: null });
  });

  test('gives a role of the client hub-api as well as one of the realm, and no unknown one', async () => {
    const token = await hub.token({
      resource_access: { 'hub-api': { roles: ['case-worker', 'king'] }, other: { roles: [] } },
    });
    expect((await hub.verify(token)).roles).toEqual(['department-system', 'case-worker']);
  });

  test('gives no purpose that the hub does not know', async () => {
    expect((await hub.verify(await hub.token({ purposes: ['CARE', 'CURIOSITY'] }))).purposes).toEqual(['CARE']);
  });
});

describe('case 1: no token, garbage, two tokens', () => {
  const good = async () => `Bearer ${await hub.token()}`;
  test.each<[string, () => Promise<string[]>]>([
    ['no header', async () => []],
    ['an empty header', async () => ['']],
    ['no token', async () => ['Bearer ']],
    ['another scheme', async () => [(await good()).replace('Bearer', 'Basic')]],
    ['a DPoP token', async () => [(await good()).replace('Bearer', 'DPoP')]],
    ['no scheme', async () => [(await good()).slice('Bearer '.length)]],
    ['two headers', async () => [await good(), await good()]],
    ['the same header twice', async () => Array<string>(2).fill(await good())],
    ['two tokens in one header', async () => [`${await good()}, ${await good()}`]],
    ['a line break', async () => [`${await good()}\r\nx: y`]],
    ['an encrypted token', async () => ['Bearer a.b.c.d.e']],
  ])('%s', async (_, values) => {
    expect(await refusal(hub.verifier.verify(await values()))).toBe('NO_TOKEN');
  });

  test.each([
    ['garbage', 'a.b.c'],
    ['a header that is no JSON', `${Buffer.from('{').toString('base64url')}.e30.c`],
    ['a megabyte', `${'a'.repeat(1_000_000)}.b.c`],
  ])('%s', async (_, token) => {
    expect(await refusal(hub.verify(token))).toBe('MALFORMED');
  });

  test('a token longer than any of ours, though rightly signed', async () => {
    expect(await refusal(hub.verify(await hub.token({ padding: 'x'.repeat(8_192) })))).toBe('MALFORMED');
  });

  test('the answer says what to do and not which check failed', async () => {
    const messageOf = async (token: string) => {
      const error: unknown = await hub.verify(token).catch((thrown: unknown) => thrown);
      if (!(error instanceof AuthenticationError)) throw error;
      return { code: error.code, message: error.message };
    };
    const answers = await Promise.all(
      [
        'a.b.c',
        await hub.token({ aud: 'x' }),
        await hub.token({ exp: seconds() - 60 }),
        await hub.token({}, stranger),
      ].map(messageOf),
    );
    expect(new Set(answers.map(({ message }) => message)).size).toBe(1);
    expect(answers[0]).toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringContaining('sign-in service') });
  });
});

describe('case 2: the header changed over a valid signature', () => {
  test.each(['none', 'None', 'NONE', ''])('alg: "%s", with and without the signature', async (alg) => {
    const [, payload, signature] = (await hub.token()).split('.');
    const header = base64url({ alg, typ: 'JWT', kid: 'first' });
    expect(await refusal(hub.verify(`${header}.${payload}.${signature}`))).not.toBe('ACCEPTED');
    expect(await refusal(hub.verify(`${header}.${payload}.`))).not.toBe('ACCEPTED');
  });

  test.each(['PS256', 'RS512', 'ES256', 'EdDSA'])('RS256 called %s', async (alg) => {
    const [, payload, signature] = (await hub.token({}, hub.keys[1])).split('.');
    const header = base64url({ alg, typ: 'JWT', kid: 'rsa' });
    expect(await refusal(hub.verify(`${header}.${payload}.${signature}`))).not.toBe('ACCEPTED');
  });

  test.each([
    ['the key in the header', { jwk: true }],
    ['an extension that must be understood', { crit: ['x'], x: 1 }],
    ['a payload that is not encoded', { crit: ['b64'], b64: false }],
    ['another kind of token', { typ: 'logout+jwt' }],
  ])('%s', async (_, change) => {
    const header = 'jwk' in change ? { jwk: stranger.publicJwk } : change;
    const [, payload, signature] = (await stranger.sign(hub.claims())).split('.');
    const forged = `${base64url({ alg: 'ES256', typ: 'JWT', kid: 'first', ...header })}.${payload}.${signature}`;
    expect(await refusal(hub.verify(forged))).not.toBe('ACCEPTED');
  });

  test('a logout token rightly signed is no access token', async () => {
    expect(await refusal(hub.verify(await hub.key.sign(hub.claims(), { typ: 'logout+jwt' })))).toBe('CLAIMS');
  });

  test('an algorithm that the hub does not take, though the key is published', async () => {
    const other = await forger('other', 'RS512');
    hub.keyServer.publish([...hub.keys, other].map(({ publicJwk }) => publicJwk));
    hub.clock.ms += 200_000;
    expect(await refusal(hub.verify(await hub.token({}, other)))).toBe('SIGNATURE');
    hub.keyServer.publish(hub.keys.map(({ publicJwk }) => publicJwk));
  });

  test('claims changed under the signature', async () => {
    const [header, , signature] = (await hub.token()).split('.');
    const forged = `${header}.${base64url({ ...hub.claims(), department: 'JUSTICE' })}.${signature}`;
    expect(await refusal(hub.verify(forged))).toBe('SIGNATURE');
  });

  test('a stranger signs under a kid that is published', async () => {
    expect(await refusal(hub.verify(await hub.token({}, stranger)))).toBe('SIGNATURE');
  });
});

test.each(['HS256', 'HS384', 'HS512'])('case 3: %s signed with the public key', async (alg) => {
  const rsa = hub.keys[1] ?? hub.key;
  for (const secret of [rsa.publicPem, rsa.publicPem.trim(), JSON.stringify(rsa.publicJwk), rsa.publicJwk.n ?? '']) {
    const signed = `${base64url({ alg, typ: 'JWT', kid: 'rsa' })}.${base64url(hub.claims())}`;
    const signature = createHmac(alg.replace('HS', 'sha'), secret).update(signed).digest('base64url');
    expect(await refusal(hub.verify(`${signed}.${signature}`))).toBe('SIGNATURE');
  }
});

test.each([
  undefined,
  '',
  'https://sign-in.example/realms/care/',
  'https://sign-in.example/realms/master',
  ['https://sign-in.example/realms/care'],
])('case 4: issuer %j', async (iss) => {
  expect(await refusal(hub.verify(await hub.token({ iss: iss as string })))).toBe('CLAIMS');
});

test.each([undefined, '', 'account', 'hub-api-2', ['account', 'hub-console'], []])(
  'case 5: audience %j',
  async (aud) => {
    expect(await refusal(hub.verify(await hub.token({ aud })))).toBe('CLAIMS');
  },
);

test('case 5: the hub among several audiences will do', async () => {
  expect(await refusal(hub.verify(await hub.token({ aud: ['account', 'hub-api'] })))).toBe('ACCEPTED');
});

describe('case 6: expiry', () => {
  const made = (exp: unknown) => hub.key.sign({ ...hub.claims(), exp: exp as number });
  test('expired', async () => expect(await refusal(hub.verify(await made(seconds() - 6)))).toBe('EXPIRED'));
  test('no exp', async () => expect(await refusal(hub.verify(await made(undefined)))).toBe('CLAIMS'));
  test.each([String(9_999_999_999), null, true, '', {}])('exp = %j', async (exp) => {
    expect(await refusal(hub.verify(await made(exp)))).toBe('CLAIMS');
  });
  test('a token that calls itself good for years is refused when it is older than the limit', async () => {
    const token = await hub.token({ iat: seconds() - 906, exp: seconds() + 1_000_000 });
    expect(await refusal(hub.verify(token))).toBe('EXPIRED');
  });
  test('a token that was remembered is refused once it expires', async () => {
    const token = await hub.token({ exp: seconds() + 1 });
    expect(await refusal(hub.verify(token))).toBe('ACCEPTED');
    hub.clock.ms += 7_000;
    expect(await refusal(hub.verify(token))).toBe('EXPIRED');
  });
});

describe('case 7: from the future', () => {
  test.each(['nbf', 'iat'])('%s', async (claim) => {
    expect(await refusal(hub.verify(await hub.token({ [claim]: seconds() + 6 })))).toBe('CLAIMS');
    expect(await refusal(hub.verify(await hub.token({ [claim]: seconds() + 2 })))).toBe('ACCEPTED');
  });
  test.each(['iat', 'jti', 'sub', 'azp'])('no %s', async (claim) => {
    expect(await refusal(hub.verify(await hub.token({ [claim]: undefined })))).toBe('CLAIMS');
  });
  test.each(['jti', 'sub'])('%s longer than what can be withdrawn', async (claim) => {
    expect(await refusal(hub.verify(await hub.token({ [claim]: 'j'.repeat(401) })))).toBe('CLAIMS');
    expect(await refusal(hub.verify(await hub.token({ [claim]: 'j'.repeat(400) })))).toBe('ACCEPTED');
  });
  test.each(['nbf', 'iat', 'jti', 'sub', 'azp'])('%s of another type', async (claim) => {
    expect(await refusal(hub.verify(await hub.token({ [claim]: ['1'] })))).not.toBe('ACCEPTED');
  });
});

test.each([
  ['an ID token', { typ: 'ID' }],
  ['a refresh token', { typ: 'Refresh' }],
  ['an offline token', { typ: 'Offline' }],
  ['a logout token', { typ: 'Logout' }],
  ['a DPoP-bound token', { typ: 'DPoP', cnf: { jkt: 'x' } }],
  ['a bound token that calls itself Bearer', { cnf: { jkt: 'x' } }],
  ['a token bound to a certificate', { cnf: { 'x5t#S256': 'x' } }],
  ['a token without type', { typ: undefined }],
])('case 8: %s as access token', async (_, changes) => {
  expect(await refusal(hub.verify(await hub.token(changes)))).toBe('CLAIMS');
});

test.each(['admin-cli', 'hub-api', 'Health-System', 'health-system '])('case 9: azp "%s"', async (azp) => {
  expect(await refusal(hub.verify(await hub.token({ azp })))).toBe('CLIENT');
});

describe('case 10: a revoked jti', () => {
  const put = (given: Parameters<typeof newRevocation>[0]) => hub.deny(newRevocation(given, () => hub.clock.ms));
  afterEach(() => hub.denied.anew()());

  test('is refused, also when the token was remembered as valid', async () => {
    const token = await hub.token({ jti: 'j1' });
    expect(await refusal(hub.verify(token))).toBe('ACCEPTED');
    put({ kind: 'TOKEN', value: 'j1' });
    expect(await refusal(hub.verify(token))).toBe('REVOKED');
    expect(await refusal(hub.verify(await hub.token({ jti: 'j1' })))).toBe('REVOKED');
    expect(await refusal(hub.verify(await hub.token({ jti: 'j2' })))).toBe('ACCEPTED');
  });

  test('of a subject: what was issued until then, at clocks that differ by five seconds; what comes later where it is shut out', async () => {
    const token = await hub.token({ sub: 's1' });
    const [soon, later] = [await hub.token({ sub: 's1', iat: seconds() + 4 }), { sub: 's1', iat: seconds() + 6 }];
    expect(await refusal(hub.verify(token))).toBe('ACCEPTED');
    put({ kind: 'SUBJECT', value: 's1' });
    expect([await refusal(hub.verify(token)), await refusal(hub.verify(soon))]).toEqual(['REVOKED', 'REVOKED']);
    expect(await refusal(hub.verify(await hub.token({ sub: 's2' })))).toBe('ACCEPTED');
    const at = hub.clock.ms;
    hub.clock.ms += 2_000;
    expect(await refusal(hub.verify(await hub.token(later)))).toBe('ACCEPTED');
    hub.deny(newRevocation({ kind: 'SUBJECT', value: 's1', later: true }, () => at));
    expect(await refusal(hub.verify(await hub.token(later)))).toBe('REVOKED');
  });

  test('case 25: is told to who is being answered', async () => {
    const { expectStanding } = await hub.verifier.verify([`Bearer ${await hub.token({ jti: 'j3' })}`]);
    expect(await refusal(expectStanding())).toBe('ACCEPTED');
    put({ kind: 'TOKEN', value: 'j3' });
    expect(await refusal(expectStanding())).toBe('REVOKED');
  });

  test('is kept until every token of its time is too old', () => {
    const { at, until } = newRevocation({ kind: 'TOKEN', value: 'j4' }, () => hub.clock.ms);
    expect(Date.parse(until) - Date.parse(at)).toBeGreaterThan(MAX_TOKEN_AGE_SECONDS * 1_000);
  });

  test('nobody is let in when the deny-list cannot be asked', async () => {
    const broken = await verifierUnderTest({ denyList: { denies: async () => Promise.reject(new Error('down')) } });
    expect(await refusal(broken.verify(await broken.token()))).toEqual(new Error('down'));
    await broken.close();
  });
});

test.each([
  ['roles that are one string', { realm_access: { roles: 'case-worker' } }],
  ['roles of a client without a list', { resource_access: { 'hub-api': {} } }],
  ['a person with a department', { person_id: 'p1' }],
  ['a division that is none', { division: '39' }],
  ['an empty department', { department: '' }],
  ['a scope that is a list', { scope: ['health:visits:read'] }],
  ['purposes that are one string', { purposes: 'CARE' }],
])('a signed token with %s is refused', async (_, changes) => {
  expect(await refusal(hub.verify(await hub.token(changes)))).toBe('CLAIMS');
});
