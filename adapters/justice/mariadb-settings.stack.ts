/** What the address and the certificate of a real MariaDB must be, and what is said of one that is not. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, expect, jest, test } from '@jest/globals';
import { type MariaDbOptions, startMariaDb } from '../../e2e/stack/servers/mariadb.ts';
import { selfSigned } from '../../gateway/subgraph-sources/http/self-signed.fixture.ts';
import { certificateProblem } from '../shared/certificate-problem.ts';
import { sqlDoor } from '../shared/sql-door.ts';

// The first run on a machine installs the server.
jest.setTimeout(300_000);

const known = getCACertificates();
const folder = mkdtempSync(join(tmpdir(), 'xinqiao-mariadb-'));
afterAll(() => {
  setDefaultCACertificates(known);
  rmSync(folder, { recursive: true, force: true });
});

/** How a probe of it ends; `null` = well. */
async function probed(dialect: string, tls: MariaDbOptions['tls'], option = ''): Promise<unknown> {
  const server = await startMariaDb({ folder, ...(tls !== undefined && { tls }) });
  const { user, password } = server.operator;
  const url = `${dialect}://${user}@localhost:${server.port}/mysql${option}`;
  const door = sqlDoor({ source: 'justice', url, password, retries: 0 });
  const ended = await door.probe().then(
    () => null,
    (error: unknown) => error,
  );
  await door.close();
  await server.stop();
  return ended;
}

test.each([
  ['localhost', '490101000000Z', null],
  // Another machine’s, of an authority that is trusted: whoever has any certificate could stand in the way.
  ['elsewhere.example', '490101000000Z', 'SOURCE_UNAVAILABLE'],
  ['localhost', '250101000000Z', 'SOURCE_UNAVAILABLE'],
])('a certificate for %s until %s, asked as localhost', async (name, notAfter, code) => {
  const { cert, key } = selfSigned(name, { notAfter });
  const tls = { certificate: join(folder, 'tls.crt'), key: join(folder, 'tls.key') };
  writeFileSync(tls.certificate, cert);
  writeFileSync(tls.key, key);
  setDefaultCACertificates([...known, cert]);
  const ended = await probed('mariadb', tls);
  const problem = certificateProblem(ended, 'justice');
  if (code === null) expect([ended, problem]).toEqual([null, null]);
  else expect(ended).toMatchObject({ code });
  if (code !== null)
    expect(problem).toMatch(
      /^TLS with justice came to nothing .* its certificate has expired, is not trusted or bears another name:/,
    );
});

test('a MariaDB that is asked as a MySQL is said to be the other product', async () => {
  expect(await probed('mysql', undefined, '?sslmode=disable')).toMatchObject({
    code: 'SOURCE_INVALID',
    transient: false,
    problem: expect.stringContaining('mariadb:// for MariaDB'),
  });
});
