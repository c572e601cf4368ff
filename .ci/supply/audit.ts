/**
 * A check of `npm test`: no known vulnerability of level high or above in what runs in production. A registry that is not
 * reached, or gives no audits, fails nothing: it says so, and the next run elsewhere asks again. Any other answer that is no report fails.
 */
import { execFile } from 'node:child_process';
import { ACCEPTED } from './accepted-advisories.ts';
import { audited } from './audit-report.ts';

const LONGEST_MS = 60_000;
/** In npm's own words. */
const UNANSWERED = '{"message":"network timeout","error":{}}';
const COMMAND = ['audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=20000'];

const { problems, notes } = audited(await npmAudit(), { accepted: ACCEPTED, now: Date.now() });
for (const problem of problems) console.error(problem);
for (const note of notes) console.log(note);
if (problems.length > 0) process.exitCode = 1;

/** What npm prints, whatever its exit code says. */
function npmAudit(): Promise<string> {
  return new Promise((resolve) => {
    execFile('npm', COMMAND, { timeout: LONGEST_MS, maxBuffer: 50_000_000 }, (error, stdout) =>
      resolve(error?.killed === true ? UNANSWERED : stdout),
    );
  });
}
