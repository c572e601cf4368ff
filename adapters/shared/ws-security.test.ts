import { expect, test } from '@jest/globals';
import { passwordDigest } from 'soap';
import { readXml } from './xml-element.ts';
import { usernameToken } from './ws-security.ts';

const CREATED = '2026-01-01T00:00:00.000Z';

test('the digest is what another WS-Security stack computes from the same password', () => {
  const nonce = Buffer.from('0123456789abcdef');
  const header = usernameToken({ user: 'hub', password: 'geheim&<' }, { nonce, created: CREATED });
  const [, password] = readXml(header).children[0]?.children ?? [];
  expect(password?.text).toBe(passwordDigest(nonce.toString('base64'), CREATED, 'geheim&<'));
  expect(header).not.toContain('geheim');
});

test('two requests never share a nonce', () => {
  const credentials = { user: 'hub', password: 'x' };
  expect(usernameToken(credentials, { created: CREATED })).not.toBe(usernameToken(credentials, { created: CREATED }));
});

test('case 50: a user name cannot add an element', () => {
  const header = usernameToken({ user: '</wsse:Username><x/>', password: 'x' });
  expect(readXml(header).children[0]?.children.map((child) => child.name)).toEqual([
    'Username',
    'Password',
    'Nonce',
    'Created',
  ]);
});
