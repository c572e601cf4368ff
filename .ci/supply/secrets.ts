/** A check of `npm test`: no secret stands in the repository, in what git has or would take. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Harmless, secretProblems } from './secrets-in.ts';

const ROOT = new URL('../../', import.meta.url);

const HARMLESS: readonly Harmless[] = [
  {
    file: 'adapters/shared/sql-url.test.ts',
    looksLike: 'database-connection-string',
    reason: 'an address that must be refused',
  },
  {
    file: 'gateway/subgraph-sources/remote-call.test.ts',
    looksLike: 'basicauth',
    reason: 'an address that must be refused',
  },
  {
    file: 'e2e/hostile/bundle-spoils.ts',
    looksLike: 'basicauth',
    reason: 'a made-up address that must be refused',
  },
  {
    file: 'adapters/union/request-signature.test.ts',
    looksLike: '32 bytes in hexadecimal digits',
    reason: 'SHA-256 of nothing',
  },
  {
    file: 'e2e/systems/world/world.test.ts',
    looksLike: '32 bytes in hexadecimal digits',
    reason: 'SHA-256 of the made-up people',
  },
  {
    file: 'schema/generated/supergraph.graphql',
    looksLike: '32 bytes in hexadecimal digits',
    reason: 'fingerprint of one composition',
  },
];

const problems = await secretProblems(repositoryFiles(), HARMLESS);
for (const problem of problems) console.error(problem);
// At once: secretlint's profiler would go on for minutes over what it measured.
process.exit(problems.length > 0 ? 1 : 0);

/** Every text file that is tracked, or new and not ignored. */
function repositoryFiles(): readonly (readonly [string, string])[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: fileURLToPath(ROOT),
    encoding: 'utf8',
    maxBuffer: 50_000_000,
  });
  const files = listed.split('\0').filter((file) => file !== '' && existsSync(new URL(file, ROOT)));
  return files.map((file) => [file, readFileSync(new URL(file, ROOT), 'utf8')] as const);
}
