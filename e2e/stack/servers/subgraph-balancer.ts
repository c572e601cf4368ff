import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from './free-ports.ts';
import { installHaproxy } from './haproxy.ts';
import { newDataFolder, type ServerProcess, startServer } from './server-process.ts';

const CONFIGURATION = new URL('../../../ops/haproxy-subgraphs.cfg', import.meta.url);

interface RunningBalancer extends ServerProcess {
  /** By subgraph, on 127.0.0.1. */
  readonly ports: ReadonlyMap<string, number>;
}

/** The load balancer before two copies each of the hub's own subgraphs, by ops/haproxy-subgraphs.cfg; their URLs by name. */
export async function startSubgraphBalancer({
  folder,
  copies,
}: {
  folder: string;
  copies: ReadonlyMap<string, readonly string[]>;
}): Promise<RunningBalancer> {
  const program = await installHaproxy();
  const free = await freePorts(copies.size);
  const ports = new Map([...copies.keys()].map((name, i) => [name, free[i] ?? 0]));
  const home = newDataFolder(folder, 'haproxy-subgraphs') ?? join(folder, 'haproxy-subgraphs');
  const file = join(home, 'haproxy.cfg');
  writeFileSync(file, placed(readFileSync(CONFIGURATION, 'utf8'), { copies, ports }));
  const isReady = (line: string) => line.includes('Loading success');
  return { ...(await startServer({ program, arguments: ['-W', '-db', '-f', file], isReady })), ports };
}

/** The same configuration with the addresses of this machine. Throws where it is no longer the one that this knows. */
function placed(
  text: string,
  { copies, ports }: { copies: ReadonlyMap<string, readonly string[]>; ports: ReadonlyMap<string, number> },
): string {
  const replacements = [...copies].flatMap(([name, urls]) => [
    [new RegExp(`(?<=^frontend ${name}\\n  bind ):\\d+`, 'm'), `127.0.0.1:${ports.get(name)}`] as const,
    ...urls.map((url, i) => [new RegExp(`\\b${name}-${i + 1}:4000`, 'g'), new URL(url).host] as const),
  ]);
  return replacements.reduce((config, [there, here]) => {
    const changed = config.replace(there, here);
    if (changed === config) throw new Error(`ops/haproxy-subgraphs.cfg has no ${there.source} any more`);
    return changed;
  }, text);
}
