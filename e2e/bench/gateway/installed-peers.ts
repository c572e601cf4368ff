import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { inProject } from '../kept-processes.ts';

const FOLDER = inProject('e2e/bench/gateway/peers');

export const ofPeers = (file: string): string => `${FOLDER}/${file}`;

/** Installs the other gateways from their packages where they are missing: in a folder of their own, as their lockfile says. */
export function installedPeers(): void {
  if (existsSync(ofPeers('node_modules/.package-lock.json'))) return;
  process.stderr.write('Installing the other gateways into e2e/bench/gateway/peers (about 550 MB) …\n');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: FOLDER,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0)
    throw new Error('the other gateways could not be installed; measure without them: --only hub,apollo');
}
