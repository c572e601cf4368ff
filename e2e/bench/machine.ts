import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { z } from 'zod';

const PACKAGES = ['@apollo/server', '@apollo/gateway', 'graphql', 'fastify', 'autocannon'] as const;

/** What the figures were measured on, in a few lines. */
export function machine(): string {
  const [cpu] = cpus();
  const versions = PACKAGES.map((name) => `${name} ${versionOf(name)}`).join(', ');
  return [
    `- ${new Date().toISOString().slice(0, 16)}Z, commit ${commit()}`,
    `- ${cpus().length} × ${cpu?.model.trim() ?? '?'}, ${(totalmem() / 1e9).toFixed(0)} GB, Linux ${release()}`,
    `- Node ${process.versions.node}; ${versions}`,
    `- load average before: ${loadavg()
      .map((load) => load.toFixed(2))
      .join(', ')}`,
  ].join('\n');
}

function versionOf(name: string): string {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}
