import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { doorBase } from './door-url.ts';
import { readSettings, setting, type SettingsTable } from './settings.ts';

const TABLE = {
  HEALTH_URL: { schema: setting.url(), description: 'where the health system is' },
  HEALTH_TIMEOUT_MS: {
    schema: setting.integer({ min: 10, max: 60_000, fallback: 3_000 }),
    description: 'deadline of one read',
  },
  HEALTH_MODE: { schema: setting.oneOf(['live', 'sandbox'], 'live'), description: 'which system' },
  HEALTH_SECRET: { schema: setting.text(), description: 'key of the system', secret: 'credential' },
} satisfies SettingsTable;
const GOOD = { HEALTH_URL: 'https://health.example/fhir', HEALTH_SECRET: 's3cret' };

const folder = mkdtempSync(join(tmpdir(), 'settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('values are parsed, defaults filled in', () => {
  expect(readSettings(TABLE, GOOD)).toEqual({
    values: { ...GOOD, HEALTH_TIMEOUT_MS: 3_000, HEALTH_MODE: 'live' },
    problems: [],
  });
});

test('case 75: three mistakes are three messages at once', () => {
  const { problems } = readSettings(TABLE, { HEALTH_URL: 'ftp://x', HEALTH_TIMEOUT_MS: '1e3', HEALTH_MODE: 'dry' });
  expect(problems).toEqual([
    'HEALTH_URL: must be an http(s) URL (where the health system is)',
    'HEALTH_TIMEOUT_MS: must be a whole number from 10 to 60000 (deadline of one read)',
    'HEALTH_MODE: must be one of live, sandbox (which system)',
    'HEALTH_SECRET: is required (key of the system)',
  ]);
});

test.each(['9', '60001', '-20', '3000.5', ' 3000', '0x20', ''])('as a number from 10 to 60000, %j', (raw) => {
  const { values, problems } = readSettings(TABLE, { ...GOOD, HEALTH_TIMEOUT_MS: raw });
  // An empty variable is an absent one.
  expect(raw === '' ? values.HEALTH_TIMEOUT_MS : problems.length).toBe(raw === '' ? 3_000 : 1);
});

test.each(['production', 'development', 'test', '', undefined])('NODE_ENV may be %j', (mode) => {
  const strong = { ...GOOD, HEALTH_SECRET: 'k3Yq-8sVt-1mZx' };
  expect(readSettings(TABLE, { ...strong, NODE_ENV: mode }).problems).toEqual([]);
});

test.each(['Production', 'PRODUCTION', 'prod', 'production ', 'live'])('NODE_ENV may not be %j', (mode) => {
  expect(readSettings(TABLE, { ...GOOD, NODE_ENV: mode }).problems).toEqual([
    expect.stringMatching(/^NODE_ENV: must be/),
  ]);
});

test('no message repeats a value', () => {
  const { problems } = readSettings(TABLE, { HEALTH_URL: 'user:hunter2@', HEALTH_SECRET: '', HEALTH_MODE: 'hunter2' });
  expect(problems.join()).not.toContain('hunter2');
});

describe('the address of a door', () => {
  const problemsOf = (raw: string) =>
    readSettings({ X_URL: { schema: setting.doorUrl(), description: 'x' } }, { X_URL: raw }).problems;

  test.each(['http://h', 'https://h:8443/ws/care/', 'https://[::1]/api/v2'])('may be %s', (raw) => {
    expect(problemsOf(raw)).toEqual([]);
    expect(() => doorBase(raw)).not.toThrow();
  });

  test.each([
    ['ftp://h/x', 'must be an http(s) URL'],
    ['h/x', 'must be an http(s) URL'],
    ['', 'must be an http(s) URL'],
    ['http://h/ws/care?wsdl', 'must have neither query nor fragment'],
    ['http://h/api#top', 'must have neither query nor fragment'],
    ['https://u:p@h/api', 'must not carry credentials'],
    ['https://:p@h/api', 'must not carry credentials'],
  ])('may not be %j: what a door refuses is a line of the start', (raw, problem) => {
    expect(problemsOf(raw)).toEqual([`X_URL: ${problem} (x)`]);
    expect(() => doorBase(raw)).toThrow();
  });
});

describe('what goes into a header', () => {
  const problemsOf = (raw: string) =>
    readSettings({ X_TOKEN: { schema: setting.headerText(), description: 'x' } }, { X_TOKEN: raw }).problems;

  test.each(['eyJ.a-_~+/==', 'two words', '!"#$%&'])('may be %j', (raw) => {
    expect(problemsOf(raw)).toEqual([]);
    expect(() => new Headers({ authorization: `Bearer ${raw}` })).not.toThrow();
  });

  test.each(['a\nb', 'a\r\nx-role: admin', 'token\n', 'a\u0000', 'a\tb', '\u007f', '密钥', ' a', 'a '])(
    'may not be %j',
    (raw) => {
      expect(problemsOf(raw)).toEqual(['X_TOKEN: must be printable ASCII characters on one line (x)']);
    },
  );

  test('is required', () => expect(problemsOf('')).toEqual(['X_TOKEN: is required (x)']));
});

describe('secrets from files', () => {
  const { HEALTH_URL } = GOOD;

  test('are read without their line end', () => {
    const file = join(folder, 'secret');
    writeFileSync(file, 'from-file\n');
    expect(readSettings(TABLE, { HEALTH_URL, HEALTH_SECRET_FILE: file }).values.HEALTH_SECRET).toBe('from-file');
  });

  test('given twice are a problem', () => {
    const { problems } = readSettings(TABLE, { ...GOOD, HEALTH_SECRET_FILE: join(folder, 'secret') });
    expect(problems.join()).toMatch(/HEALTH_SECRET: given twice/);
  });

  test('that cannot be read are one problem that names the variable', () => {
    const { problems } = readSettings(TABLE, { HEALTH_URL, HEALTH_SECRET_FILE: join(folder, 'none') });
    expect(problems).toEqual(['HEALTH_SECRET_FILE: the file cannot be read']);
  });

  test('are for secrets only', () => {
    const file = join(folder, 'url');
    writeFileSync(file, HEALTH_URL);
    const { problems } = readSettings(TABLE, { HEALTH_URL_FILE: file, HEALTH_SECRET: 's' });
    expect(problems).toEqual(['HEALTH_URL: must be an http(s) URL (where the health system is)']);
  });
});
