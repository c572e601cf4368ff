import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testKeys } from '../adapters/vault/vault.fixture.ts';
import { ConfigurationError, hubConfiguration } from './hub-configuration.ts';

const SIGNING_KEY = JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'configuration-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const inProject = (path: string) => new URL(`../${path}`, import.meta.url).pathname;
const person = { name: 'person', module: inProject('subgraphs/person/main.ts') };
const elsewhere = { name: 'health', url: 'http://127.0.0.1:4100/graphql' };

/** A hub of the person subgraph alone, in order, but for these changes. */
async function configured(changes: Readonly<Record<string, string>> = {}, deployment: readonly object[] = [person]) {
  return hubConfiguration({
    OIDC_ISSUER: 'https://id.example/realms/care',
    PERSON_ID_PEPPER: 'x'.repeat(32),
    AUDIT_SIGNING_KEY: SIGNING_KEY,
    ENCRYPTION_KEYS_FILE: file('keys.json', testKeys()),
    DEPLOYMENT_FILE: file('deployment.json', deployment),
    ...changes,
  });
}

/** The lines of the refusal, one a problem. */
async function problemsOf(...given: Parameters<typeof configured>): Promise<readonly string[]> {
  const error: unknown = await configured(...given).then(
    () => null,
    (refusal: unknown) => refusal,
  );
  if (!(error instanceof ConfigurationError)) throw new Error('expected a refusal', { cause: error });
  const [count = '', ...lines] = error.message.split('\n').map((line) => line.trim());
  expect(count).toContain(` ${lines.length} problem(s) `);
  return lines;
}

test('what is in order is read, with its defaults', async () => {
  const { settings, deployment, modules } = await configured();
  expect(settings).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 4000,
    REQUEST_TIMEOUT_MS: 10_000,
    SUBGRAPH_TIMEOUT_MS: 4_000,
  });
  expect(deployment).toEqual([person]);
  expect(modules.map(({ module }) => module.name)).toEqual(['person']);
});

test('case 75: every mistake is a line of its own, those of gateway, store, subgraph and files alike', async () => {
  const problems = await problemsOf({
    PORT: 'http',
    OIDC_ISSUER: 'id.example',
    STORE_URL: 'postgres://x',
    PERSON_ID_PEPPER: 'short',
    PERMISSIONS_FILE: '/nowhere/permissions.json',
  });
  expect(problems.map((line) => line.split(':')[0])).toEqual([
    'PORT',
    'OIDC_ISSUER',
    'STORE_URL',
    'PERMISSIONS_FILE',
    'PERSON_ID_PEPPER',
  ]);
});

test('what is required and not there is named', async () => {
  expect(await problemsOf({ OIDC_ISSUER: '', PERSON_ID_PEPPER: '' })).toEqual([
    expect.stringMatching(/^OIDC_ISSUER: /),
    expect.stringMatching(/^PERSON_ID_PEPPER: is required/),
  ]);
});

test('a call to a subgraph must not last as long as its request', async () => {
  expect(await problemsOf({ REQUEST_TIMEOUT_MS: '4000' })).toEqual([
    'SUBGRAPH_TIMEOUT_MS: 4000 must be less than REQUEST_TIMEOUT_MS, which is 4000',
  ]);
  expect((await configured({ REQUEST_TIMEOUT_MS: '4001' })).settings.SUBGRAPH_TIMEOUT_MS).toBe(4_000);
});

test('a slow store must be told before its subgraph is given up; an embedded one has no limit', async () => {
  const shared = { STORE_URL: 'mongodb://h/care', SUBGRAPH_TIMEOUT_MS: '2000' };
  expect(await problemsOf({ ...shared, STORE_TIMEOUT_MS: '2000' })).toEqual([
    'STORE_TIMEOUT_MS: 2000 must be less than SUBGRAPH_TIMEOUT_MS, which is 2000',
  ]);
  expect((await configured({ ...shared, STORE_TIMEOUT_MS: '1999' })).settings.STORE_TIMEOUT_MS).toBe(1_999);
  expect((await configured({ SUBGRAPH_TIMEOUT_MS: '2000' })).settings.STORE_TIMEOUT_MS).toBe(3_000);
  expect(await problemsOf({ ...shared, STORE_URL: 'postgres://x' })).toEqual([expect.stringMatching(/^STORE_URL: /)]);
});

test('a password for the store, whose address names no account, is refused', async () => {
  expect(await problemsOf({ STORE_URL: 'mongodb://h/care', STORE_PASSWORD: 'pass' })).toEqual([
    expect.stringMatching(/^STORE_PASSWORD: STORE_URL names no account/),
  ]);
});

test('what several subgraphs need and nobody gave is named once', async () => {
  const referral = { name: 'referral', module: inProject('subgraphs/referral/main.ts') };
  const problems = await problemsOf({ PERSON_ID_PEPPER: '' }, [person, referral]);
  expect(problems).toEqual([expect.stringMatching(/^PERSON_ID_PEPPER: is required/)]);
});

test('a secret shows in no message', async () => {
  const problems = await problemsOf({ PERSON_ID_PEPPER: 'hunter2', GRANT_SECRET: 'hunter2' });
  expect(problems).toHaveLength(2);
  expect(problems.join()).not.toContain('hunter2');
});

test.each([
  ['is no JSON', 'DEPLOYMENT_FILE', '{', /^DEPLOYMENT_FILE: .*JSON/],
  ['is empty', 'DEPLOYMENT_FILE', [], /^DEPLOYMENT_FILE: file: /],
  ['has neither module nor url', 'DEPLOYMENT_FILE', [person, { name: 'health' }], /^DEPLOYMENT_FILE: 1: needs either/],
  ['has both', 'DEPLOYMENT_FILE', [{ ...person, url: 'http://x/' }], /^DEPLOYMENT_FILE: 0: needs either/],
  ['has a table of another shape', 'PERMISSIONS_FILE', { 'Person.id': 'open' }, /^PERMISSIONS_FILE: Person\.id: /],
  ['is no supergraph', 'SUPERGRAPH_FILE', 'root:x:0:0', /^SUPERGRAPH_FILE: is not a GraphQL schema$/],
  ['is no clients file', 'CLIENTS_FILE', 'root:x:0:0', /^CLIENTS_FILE: is not valid JSON$/],
  ['lists no clients', 'CLIENTS_FILE', {}, /^CLIENTS_FILE: audience: .*; roles: /],
])('a file that %s: the line says where', async (_, setting, content, line) => {
  expect(await problemsOf({ [setting]: file('wrong.json', content) })).toContainEqual(expect.stringMatching(line));
});

test.each([
  ['is not there', './nowhere.ts'],
  ['is none', inProject('schema/departments.ts')],
  ['is not in a file', 'data:text/javascript,export const subgraph = {}'],
])('a module that %s is a line beside the others', async (_, module) => {
  const lines = await problemsOf({ PORT: 'x' }, [person, { name: 'health', module }]);
  expect(lines).toEqual([expect.stringMatching(/^PORT: /), expect.stringMatching(/^DEPLOYMENT_FILE: health: /)]);
});

test('a module under another name is refused: its assertions and grants would be for nobody', async () => {
  const lines = await problemsOf({}, [person, { name: 'health', module: inProject('subgraphs/justice/main.ts') }]);
  expect(lines).toContainEqual(expect.stringMatching(/^DEPLOYMENT_FILE: health: /));
});

test('where a subgraph runs elsewhere both secrets are required', async () => {
  expect(await problemsOf({}, [person, elsewhere])).toEqual([
    expect.stringMatching(/^GRANT_SECRET: is required/),
    expect.stringMatching(/^ASSERTION_SECRET: is required/),
  ]);
  const secrets = { GRANT_SECRET: 'g'.repeat(32), ASSERTION_SECRET: 'a'.repeat(32) };
  expect((await configured(secrets, [person, elsewhere])).modules).toHaveLength(1);
});

describe('case 75: in production', () => {
  const production = { NODE_ENV: 'production' };
  const random = () => randomBytes(32).toString('hex');
  const sound = () => ({
    ...production,
    PERSON_ID_PEPPER: random(),
    ENCRYPTION_KEYS_FILE: file('own-keys.json', { current: 'k1', keys: { k1: random() }, index: random() }),
  });

  test('a hub with keys of its own starts', async () => {
    const secrets = { GRANT_SECRET: random(), ASSERTION_SECRET: random() };
    expect((await configured({ ...sound(), ...secrets }, [person, elsewhere])).modules).toHaveLength(1);
  });

  test('weak keys, demo keys and addresses without TLS are refused, every one by a line of its own', async () => {
    const problems = await problemsOf({
      ...production,
      OIDC_ISSUER: 'http://id.example/realms/care',
      OIDC_JWKS_URL: 'http://10.0.0.1/certs',
      GRANT_SECRET: '0123456789abcdef'.repeat(4),
      ASSERTION_SECRET: 'change-me-'.repeat(4),
      PERSON_ID_PEPPER: `demo-${random()}`,
      AUDIT_SIGNING_KEY: JSON.stringify({ ...JSON.parse(SIGNING_KEY), kid: 'demo-audit' }),
      ENCRYPTION_KEYS_FILE: file('weak.json', { current: 'k1', keys: { k1: '0'.repeat(64) }, index: random() }),
    });
    expect(problems.map((line) => line.split(' (')[0])).toEqual([
      'OIDC_ISSUER: must be https in production: what comes or goes there could be read and changed on the way',
      'OIDC_JWKS_URL: must be https in production: what comes or goes there could be read and changed on the way',
      'GRANT_SECRET: is too easy to guess; make a random one',
      'ASSERTION_SECRET: is a demo or example value; make one of your own',
      'AUDIT_SIGNING_KEY: is a demo or example value; make one of your own',
      'ENCRYPTION_KEYS_FILE: is too easy to guess; make a random one',
      'PERSON_ID_PEPPER: is a demo or example value; make one of your own',
    ]);
  });

  test('the demo’s encryption keys are refused by their name', async () => {
    const keys = { current: 'demo-1', keys: { 'demo-1': random() }, index: random() };
    expect(await problemsOf({ ...sound(), ENCRYPTION_KEYS_FILE: file('demo.json', keys) })).toEqual([
      expect.stringMatching(/^ENCRYPTION_KEYS_FILE: is the demo’s/),
    ]);
  });

  test.each([
    ['the demo’s', { current: 'demo-1', keys: { 'demo-1': random() }, index: random() }, 'is the demo’s'],
    ['weak ones', { current: 'k1', keys: { k1: '0'.repeat(64) }, index: random() }, 'is too easy to guess'],
  ])('encryption keys that a command prints are refused as those of a file are: %s', async (_, keys, said) => {
    const others = sound();
    const command = { ENCRYPTION_KEYS_FILE: '', ENCRYPTION_KEYS_COMMAND: `cat ${file('printed.json', keys)}` };
    expect(await problemsOf({ ...others, ...command })).toEqual([
      expect.stringContaining(`ENCRYPTION_KEYS_COMMAND: ${said}`),
    ]);
    const elsewhere = { PERSON_ID_PEPPER: others.PERSON_ID_PEPPER, NODE_ENV: 'development' };
    expect((await configured({ ...elsewhere, ...command })).keySource.kind).toBe('command');
  });

  test('one value for two secrets is refused', async () => {
    const same = random();
    const secrets = { ...sound(), GRANT_SECRET: same, ASSERTION_SECRET: same, PERSON_ID_PEPPER: same };
    expect(await problemsOf(secrets)).toEqual([
      'ASSERTION_SECRET: has the value of GRANT_SECRET; each secret needs its own',
      'PERSON_ID_PEPPER: has the value of GRANT_SECRET; each secret needs its own',
    ]);
  });

  test('a weak secret in a file is as weak, and no line repeats one', async () => {
    const weak = 'hunter2'.repeat(6);
    const changes = { ...sound(), GRANT_SECRET_FILE: file('grant', weak), ASSERTION_SECRET: weak };
    const problems = await problemsOf(changes);
    expect(problems.map((line) => line.split(':')[0])).toEqual([
      'GRANT_SECRET',
      'ASSERTION_SECRET',
      'ASSERTION_SECRET',
    ]);
    expect(problems.join()).not.toContain('hunter2');
  });

  test('an issuer on this machine may do without TLS', async () => {
    const local = { OIDC_ISSUER: 'http://127.0.0.1:8080/realms/care', OIDC_JWKS_URL: 'http://[::1]/certs' };
    expect((await configured({ ...sound(), ...local })).settings.OIDC_ISSUER).toBe(local.OIDC_ISSUER);
  });
});

test.each([
  [{ SECURITY_CONTACT: 'tel:1' }, ['SECURITY_CONTACT_EXPIRES']],
  [
    { SECURITY_CONTACT: 'somebody', SECURITY_CONTACT_EXPIRES: 'tomorrow' },
    ['SECURITY_CONTACT', 'SECURITY_CONTACT_EXPIRES'],
  ],
  [{ SECURITY_CONTACT: 'tel:1', SECURITY_CONTACT_EXPIRES: 'tomorrow' }, ['SECURITY_CONTACT_EXPIRES']],
  [{ ALLOWED_ORIGINS: '*', STRICT_TRANSPORT_SECONDS: 'a year' }, ['ALLOWED_ORIGINS', 'STRICT_TRANSPORT_SECONDS']],
])('case 75: what browsers are told, wrongly set: %j', async (changes, names) => {
  expect((await problemsOf(changes)).map((line) => line.split(':')[0])).toEqual(names);
});

test.each(['cat /nowhere/keys.json', 'no-such-program', 'echo nonsense'])(
  'case 75: a command that prints no keys is refused: %s',
  async (command) => {
    const problems = await problemsOf({ ENCRYPTION_KEYS_FILE: '', ENCRYPTION_KEYS_COMMAND: command });
    expect(problems).toEqual([expect.stringMatching(/^ENCRYPTION_KEYS_COMMAND: (the program failed|is no key file)/)]);
  },
);

test.each(['Production', 'prod', ' production', 'staging'])(
  'NODE_ENV=%j would let weak keys through, and is refused by one line',
  async (mode) => {
    expect(await problemsOf({ NODE_ENV: mode })).toEqual([
      'NODE_ENV: must be one of production, development, test, or left out',
    ]);
  },
);

test("another composition's permission table is refused", async () => {
  const table = JSON.parse(readFileSync(inProject('schema/generated/permissions.json'), 'utf8'));
  delete table['HealthFacet.diagnoses'];
  expect(await problemsOf({ PERMISSIONS_FILE: file('permissions.json', table) })).toEqual([
    expect.stringMatching(/^SUPERGRAPH_FILE: was not composed together with API_FILE and PERMISSIONS_FILE/),
  ]);
});
