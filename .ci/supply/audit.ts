/**
 * A check of `npm test`: no known vulnerability of level high or above in what runs in production. A registry that is not
 * reached, or gives no such answers, fails nothing: it says so, and the next run elsewhere asks again.
 */
import { execFile } from 'node:child_process';
import { ACCEPTED } from './accepted-advisories.ts';
import { audited } from './audit-report.ts';

const LONGEST_MS = 60_000;
const COMMAND = ['audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=20000'];

const { problems, notes } = audited(await npmAudit(), { accepted: ACCEPTED, now: Date.now() });
for (const problem of problems) console.error(problem);
for (const note of notes) console.log(note);
if (problems.length > 0) process.exitCode = 1;

/** What npm prints, whatever its exit code says. */
function npmAudit(): Promise<string> {
  return new Promise((resolve) => {
    execFile('npm', COMMAND, { timeout: LONGEST_MS, maxBuffer: 50_000_000 }, (_error, stdout) => resolve(stdout));
  });
}
