/** `npm run --silent sbom > FILE`: what the hub is made of in production, as CycloneDX 1.5 (docs/operating.md). */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ownPackages } from './lockfile.ts';
import { productionBom } from './production-bom.ts';

const COMMAND = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];

const whole = execFileSync('npm', COMMAND, {
  cwd: fileURLToPath(new URL('../../', import.meta.url)),
  encoding: 'utf8',
  maxBuffer: 50_000_000,
});
console.log(JSON.stringify(productionBom(JSON.parse(whole), ownPackages()), null, 2));
