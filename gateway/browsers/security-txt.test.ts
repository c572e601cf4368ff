import { afterEach, describe, expect, test } from '@jest/globals';
import { type FrontDoor, frontDoor } from '../front-door.fixture.ts';
import { securityContactProblems, securityContacts, securityExpiry, securityTxt } from './security-txt.ts';

const CONTACT = { contacts: ['mailto:security@care.example', 'tel:+86-10-5555'], expires: new Date('2099-01-01') };
let door: FrontDoor | undefined;
afterEach(async () => {
  await door?.close();
  door = undefined;
});

test('RFC 9116: whom to tell of a weakness, and until when that holds', async () => {
  door = await frontDoor('type Query { hello: String }', { browsers: { contact: CONTACT } });
  const response = await fetch(new URL('/.well-known/security.txt', door.url));
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  expect(await response.text()).toBe(
    'Contact: mailto:security@care.example\nContact: tel:+86-10-5555\nExpires: 2099-01-01T00:00:00.000Z\nPreferred-Languages: zh, en\n',
  );
});

test.each([
  ['not configured', null],
  ['expired', { ...CONTACT, expires: new Date('2026-01-01') }],
])('there is none where it is %s', async (_, contact) => {
  door = await frontDoor('type Query { hello: String }', { browsers: { contact } });
  expect((await fetch(new URL('/.well-known/security.txt', door.url))).status).toBe(404);
});

test('it ends in the moment that it names', () => {
  const end = CONTACT.expires.getTime();
  expect([securityTxt(CONTACT, end - 1) === null, securityTxt(CONTACT, end) === null]).toEqual([false, true]);
});

describe('the settings', () => {
  test.each([
    'security@care.example',
    'http://care.example',
    'mailto:',
    'mailto:a@b.example\nContact: tel:1',
    'javascript:x',
  ])('%j is no contact', (text) => expect(securityContacts().safeParse(text).success).toBe(false));

  test.each(['2027-06-30', '2027-06-30T00:00:00', 'tomorrow', '2027-02-30T00:00:00Z'])('%j is no end', (text) =>
    expect(securityExpiry().safeParse(text).success).toBe(false),
  );

  test('one without the other is a problem', () => {
    const problemsOf = (contacts: string | undefined, expires: string | undefined) =>
      securityContactProblems({
        SECURITY_CONTACT: securityContacts().parse(contacts),
        SECURITY_CONTACT_EXPIRES: securityExpiry().parse(expires),
      });
    const end = '2027-06-30T00:00:00+08:00';
    expect(problemsOf('tel:1', end)).toEqual([]);
    expect(problemsOf(undefined, undefined)).toEqual([]);
    expect(problemsOf('tel:1', undefined)).toEqual([expect.stringMatching(/^SECURITY_CONTACT_EXPIRES: is required/)]);
    expect(problemsOf(undefined, end)).toEqual([expect.stringMatching(/^SECURITY_CONTACT: is required/)]);
  });
});
