import { fileURLToPath } from 'node:url';
import { runToEnd } from '../harness/run-to-end.ts';
import type { Topology } from './start-topology.ts';

const TOKENS = fileURLToPath(new URL('../../gateway/tokens/main.ts', import.meta.url));

/** `npm run tokens` on the store of these gateways. Throws unless it says that it is done. */
export async function tokensCommand(
  { environment }: Pick<Topology, 'environment'>,
  ...asked: readonly string[]
): Promise<void> {
  const { exitCode, stdout, stderr } = await runToEnd([TOKENS, ...asked], environment);
  if (exitCode !== 0 || !stdout.includes('Done'))
    throw new Error(`npm run tokens ended with ${exitCode}: ${stdout}${stderr}`);
}
