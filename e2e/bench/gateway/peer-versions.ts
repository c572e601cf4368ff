import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ofPeers } from './installed-peers.ts';

const PACKAGES = [
  '@graphql-hive/gateway',
  '@graphql-hive/router-runtime',
  'mercurius',
  '@mercuriusjs/gateway',
  'fastify',
  'undici',
  'graphql',
] as const;

const lockfile = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });

/** What the other gateways are, in a line: of their lockfile, which is installed to the letter. */
export function peerVersions(): string {
  const { packages } = lockfile.parse(JSON.parse(readFileSync(ofPeers('package-lock.json'), 'utf8')));
  const versions = PACKAGES.map((name) => `${name} ${packages[`node_modules/${name}`]?.version ?? '?'}`);
  return `- peers: ${versions.join(', ')}`;
}
