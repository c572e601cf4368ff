/**
 * `npm test`: every check of the house, and the tests; `npm test -- path …` runs only the tests of those paths.
 * The last line, `N passed, N failed`, counts checks and tests; a suite that did not load, a step that failed and a
 * skipped test count as failed.
 */
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { runJest } from './run-jest.ts';

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Whether what it says is shown also when it passes. */
  readonly told?: boolean;
}

const CHECKS: readonly Step[] = [
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings', '--threads=1'] },
  { name: 'types', command: ['tsc', '--noEmit', '--singleThreaded'] },
  {
    name: 'imports',
    command: [
      'depcruise',
      '--config',
      '.dependency-cruiser.js',
      'gateway',
      'subgraphs',
      'adapters',
      'schema',
      'e2e',
      '.ci',
    ],
  },
  { name: 'unused code and dependencies', command: ['knip', '--no-progress'] },
  { name: 'generated files', command: [process.execPath, 'schema/compose/main.ts', '--check'] },
  { name: 'Keycloak realm', command: [process.execPath, 'schema/keycloak/main.ts', '--check'] },
  { name: 'page of referral states', command: [process.execPath, '.ci/referral-states-page.ts', '--check'] },
  { name: 'secrets', command: [process.execPath, '.ci/supply/secrets.ts'] },
  { name: 'licences', command: [process.execPath, '.ci/supply/licences.ts'], told: true },
  { name: 'known vulnerabilities', command: [process.execPath, '.ci/supply/audit.ts'], told: true },
  { name: 'configuration page', command: [process.execPath, '.ci/configuration-page.ts', '--check'] },
];

async function runCheck({ name, command, told = false }: Step): Promise<boolean> {
  const started = Date.now();
  const { code, output } = await run(command);
  const seconds = ((Date.now() - started) / 1_000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (code !== 0 || told) console.log(output.trimEnd());
  return code === 0;
}

async function run([command = '', ...args]: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    // Each thread of the compiler and of the linter works out for itself what the types are: twice the work of one.
    const env = { ...process.env, GOMAXPROCS: '1' };
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

const paths = process.argv.slice(2);
// Beside the tests, which wait for programs now and then, and go before them.
const [checks, tests] = await Promise.all([paths.length > 0 ? [] : Promise.all(CHECKS.map(runCheck)), runJest(paths)]);
const failedChecks = checks.filter((ok) => !ok).length;
const passed = checks.length - failedChecks + tests.passed;
const failed = failedChecks + tests.failed;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && tests.passed > 0 ? 0 : 1;
