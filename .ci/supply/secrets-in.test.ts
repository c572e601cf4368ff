import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { secretProblems, secretsIn } from './secrets-in.ts';

const hex = () => randomBytes(32).toString('hex');
const url = (bytes: number) => randomBytes(bytes).toString('base64url');
const ed25519 = generateKeyPairSync('ed25519').privateKey;
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

// Made anew each time, and never whole in this file: it is scanned as well.
test.each([
  ['private JSON Web Key', () => JSON.stringify(ed25519.export({ format: 'jwk' }))],
  ['32 bytes in hexadecimal digits', () => JSON.stringify({ current: 'k1', keys: { k1: hex() }, index: hex() })],
  ['webhook secret', () => `secret: whsec_${randomBytes(24).toString('base64')}`],
  ['access token', () => `Bearer ${part({ alg: 'RS256' })}.${part({ iss: 'x', exp: 1 })}.${url(32)}`],
  ['value of a secret variable', () => `export HEALTH_TOKEN=${url(24)}`],
  ['value of a secret variable', () => `  UNION_APP_SECRET: '${url(24)}',`],
  ['value of a secret variable', () => `{"PERSON_ID_PEPPER":"${randomBytes(24).toString('base64')}"}`],
  ['value of a secret variable', () => `HEALTH_TOKEN=example${url(32)}`],
  ['random value of a secret', () => `UNION_APP_SECRET='ab.${url(32)}'`],
  ['random value of a secret', () => `const grantSecret = '${randomBytes(32).toString('base64')}';`],
  ['random value of a secret', () => `const grantSecret: string = "${randomBytes(32).toString('base64')}";`],
  ['random value of a secret', () => `db:\n  password: ${url(32)}\n`],
  ['random value of a secret', () => `"client-secret": "${hex().slice(1)}"`],
  ['private key', () => String(ed25519.export({ type: 'pkcs8', format: 'pem' }))],
  ['github', () => `token: ghp_${'a1B2c3D4e5F6'.repeat(3)}`],
  ['npm', () => `//registry.npmjs.org/:_authToken=npm_${'a1B2c3D4e5F6'.repeat(3)}`],
  // Its rule wants a letter or digit at the end; of one that ends with a sign our own rules tell.
  ['aws', () => `AWS_SECRET_ACCESS_KEY = "${randomBytes(20).toString('hex')}"`],
])('a %s is found', async (kind, text) => {
  expect(await secretsIn('notes.txt', text())).toContain(kind);
});

test.each([
  "PERSON_ID_PEPPER: randomBytes(32).toString('hex'),",
  'PERSON_ID_PEPPER: personSettings.PERSON_ID_PEPPER,',
  "HEALTH_TOKEN: 'sample-health-token',",
  `GRANT_SECRET: '${'0123456789abcdef'.repeat(4)}'`,
  'password: settings.CIVIL_AFFAIRS_PASSWORD,',
  'const secret = system.settings.UNION_APP_SECRET;',
  '"idempotencyKey": "consent-2026-118-second"',
  'resolverByKey: GraphQLFieldResolver',
  "password: 'made-up-education-secret',",
  '"integrity": "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g=="',
])('no secret: %s', async (text) => expect(await secretsIn('notes.ts', text)).toEqual([]));

test('what is found is told by file and kind, never itself; what is harmless may stay, and is asked for', async () => {
  const secret = hex();
  const files = [
    ['a.md', `GRANT_KEY is ${secret}`],
    ['b.md', secret],
    ['c.md', 'nothing'],
  ] as const;
  const looksLike = '32 bytes in hexadecimal digits';
  const harmless = ['b.md', 'c.md'].map((file) => ({ file, looksLike, reason: 'a checksum' }));
  expect(await secretProblems(files, harmless)).toEqual([
    `a.md: looks like a secret: ${looksLike}`,
    `c.md: has no ${looksLike} any more; take it off the list`,
  ]);
});
