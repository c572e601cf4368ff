import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readClients, readHubScopes } from '../clients.ts';
import { departmentsOf, readDeployment } from '../departments.ts';
import { readPermissionTable } from '../permission-table.ts';
import { realm } from './realm.ts';

const clients = readClients();
const departments = departmentsOf(readDeployment());
const options = { clients, hubScopes: readHubScopes(), departments };
const made = realm(options);
const demo = realm({
  ...options,
  demo: { secrets: { 'health-system': 's' }, personIds: { mother: 'p1' }, password: 'w' },
});
const scopeNames = made.clientScopes.map(({ name }) => name);
const needed = new Set(
  [...readPermissionTable(new URL('../generated/permissions.json', import.meta.url)).values()].flatMap(({ scopes }) =>
    scopes.flat(),
  ),
);

test('every scope that a field of the schema needs is a client scope, told in tokens', () => {
  expect(needed.size).toBeGreaterThan(30);
  expect([...needed].filter((scope) => !scopeNames.includes(scope))).toEqual([]);
  for (const { name, attributes } of made.clientScopes)
    expect([name, attributes['include.in.token.scope']]).toEqual([name, String(name.includes(':'))]);
});

test('each of them is for a role of its name, so that asking for it is not having it', () => {
  const mapped = made.clientScopeMappings['hub-api']?.map(({ clientScope, roles }) => [clientScope, ...roles]);
  expect(mapped).toEqual(scopeNames.filter((name) => name.includes(':')).map((name) => [name, name]));
  expect(made.roles.client['hub-api']?.map(({ name }) => name)).toEqual(mapped?.map(([name]) => name));
});

test('clients have scopes that exist and none twice; a system may have what its account holds, no more', () => {
  for (const { clientId, defaultClientScopes, optionalClientScopes, serviceAccountsEnabled } of made.clients) {
    const all = [...defaultClientScopes, ...optionalClientScopes];
    expect(all.filter((scope) => !scopeNames.includes(scope))).toEqual([]);
    expect(new Set(all).size).toBe(all.length);
    const account = made.users.find(({ serviceAccountClientId }) => serviceAccountClientId === clientId);
    expect(account !== undefined).toBe(serviceAccountsEnabled);
    if (account !== undefined)
      expect(account.clientRoles['hub-api']).toEqual(all.filter((scope) => scope.includes(':')));
  }
});

test('no secret, password or human being is in the realm for use; second factor and own password are asked for', () => {
  expect(JSON.stringify(made)).not.toMatch(/"(secret|credentials|value)"/);
  expect(made.users.every(({ serviceAccountClientId }) => serviceAccountClientId !== undefined)).toBe(true);
  expect(made.requiredActions.map(({ defaultAction }) => defaultAction)).toEqual([true, true]);
});

test.each(clients.people.map((person) => [person.login, person] as const))(
  'in the demo %s holds what is theirs',
  (login, person) => {
    const user = demo.users.find(({ username }) => username === login);
    const group = demo.groups.find(({ name }) => user?.groups[0]?.startsWith(`/${name}/`));
    const held = [...(group?.clientRoles['hub-api'] ?? []), ...(user?.clientRoles['hub-api'] ?? [])];
    expect(held.toSorted()).toEqual([...person.scopes].toSorted());
    expect(user?.realmRoles).toEqual(person.roles);
    expect(user?.attributes['department'] ?? group?.attributes['department'] ?? [null]).toEqual([person.department]);
  },
);

test('the secret that the demo gives, and the hub id of who asks for the own record', () => {
  expect(demo.clients.flatMap(({ clientId, secret }) => (secret === undefined ? [] : [[clientId, secret]]))).toEqual([
    ['health-system', 's'],
  ]);
  expect(demo.users.find(({ username }) => username === 'mother')?.attributes['person_id']).toEqual(['p1']);
});

describe("npm run realm with a city's own clients", () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-realm-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const program = fileURLToPath(new URL('./main.ts', import.meta.url));
  const [own, out] = [join(folder, 'clients.json'), join(folder, 'realm.json')];
  const [client] = clients.clients;
  writeFileSync(own, JSON.stringify({ ...clients, clients: [{ ...client, clientId: 'city-system' }] }));
  const run = async (...args: readonly string[]): Promise<{ stderr: string; code?: number }> =>
    promisify(execFile)(process.execPath, [program, ...args]);

  test('writes the realm of these where it is told to', async () => {
    await run('--clients', own, '--out', out);
    const written = JSON.parse(readFileSync(out, 'utf8')) as typeof made;
    expect(written.clients.map(({ clientId }) => clientId)).toEqual(['city-system']);
    await run('--clients', own, '--out', out, '--check');
  });

  test('warns of a department whose workers would read nothing, and of none whose workers do', async () => {
    const file = join(folder, 'no-health.json');
    const people = clients.people.filter(({ department }) => department !== 'HEALTH');
    writeFileSync(file, JSON.stringify({ ...clients, people }));
    const { stderr } = await run('--clients', file, '--out', out);
    expect(stderr).toMatch(/^Warning: the group health gives its workers no scope: .*$/m);
    expect(stderr).not.toContain('the group education');
    expect((await run('--clients', own, '--out', out)).stderr).not.toContain('the group health');
  });

  test.each([
    ['is not there', null, 'cannot be read (ENOENT)'],
    ['is no JSON', '{"planted', 'is not valid JSON'],
    ['has no list', '{"audience":"hub-api"}', 'roles: .*; clients: .*; people: .*'],
    [
      'has a wrong client',
      JSON.stringify({ ...clients, clients: [{ ...client, kind: 'planted' }] }),
      'clients.0.kind: .*',
    ],
  ])('says what is wrong with a file that %s, and what to give', async (_, content, fault) => {
    const file = join(folder, `${fault.slice(0, 5)}.json`);
    if (content !== null) writeFileSync(file, content);
    const { code, stderr } = await run('--clients', file, '--out', out).catch(
      (error: { code: number; stderr: string }) => error,
    );
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(
        `^--clients ${file}: ${fault.replace(/[()]/g, '.')}; give the CLIENTS_FILE .*clients.json.\n$`,
      ),
    ]);
    expect(stderr).not.toContain('planted');
  });

  test('does not write it over the one that is committed', async () => {
    await expect(run('--clients', own, '--check')).rejects.toMatchObject({
      stderr: expect.stringContaining('--clients needs --out'),
    });
  });
});
