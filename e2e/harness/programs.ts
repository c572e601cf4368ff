import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type RunningProcess, startProcess } from './start-process.ts';

const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
type Environment = Readonly<Record<string, string>>;

export const HUB = inProject('gateway/main.ts');

/** The hub in a process of its own, on a free port. */
export async function startHubProcess(environment: Environment, ...options: string[]): Promise<RunningProcess> {
  return startProcess({ arguments: [HUB, ...options], environment: { PORT: '0', ...environment }, ready: readyUrl });
}

/** `node subgraphs/<name>/main.ts` on a free port. */
export async function startSubgraphProcess(name: string, environment: Environment): Promise<RunningProcess> {
  return startProcess({ arguments: [inProject(`subgraphs/${name}/main.ts`)], environment, ready: readyUrl });
}

const readyLine = z.object({ url: z.url(), msg: z.string().regex(/^(the (hub|subgraph) is ready|ANONYMOUS: )/) });

/** The address in the line by which a program says that it is ready. */
export function readyUrl(line: string): string | null {
  if (!line.startsWith('{')) return null;
  const parsed = readyLine.safeParse(JSON.parse(line));
  return parsed.success ? parsed.data.url : null;
}
