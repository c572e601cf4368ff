/** A check of `npm test`: every package of the lockfile is under a licence that the house takes (docs/decisions/licences.md). */
import { licenceList, licenceProblems } from './licence-rules.ts';
import { ownPackages } from './lockfile.ts';

const packages = ownPackages();
const problems = licenceProblems(packages);
for (const problem of problems) console.error(problem);
console.log(licenceList(packages.filter(({ dev }) => dev !== true)).join(', '));
if (problems.length > 0) process.exitCode = 1;
