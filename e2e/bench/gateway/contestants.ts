import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { startProcess } from '../../harness/start-process.ts';
import { HUB_FLAGS, inProject, type KeptProcesses, readyUrl } from '../kept-processes.ts';
import { askedInside } from './asked-inside.ts';
import { composed } from './composed.ts';
import { installedPeers, ofPeers } from './installed-peers.ts';
import { CORES, pinned } from './pinned.ts';
import { trustedHub } from './trusted-hub.ts';

export const CONTESTANT_NAMES = [
  'hub',
  'hub-trusted',
  'hub-trusted-batches',
  'in-process',
  'hub-unshared',
  'hub-batches',
  'hub-metrics',
  'hub-traced',
  'hub-apollo',
  'apollo',
  'hive',
  'hive-rust',
  'mercurius',
  'mercurius-jit',
  'fan-out',
  'from-memory',
] as const;
export type ContestantName = (typeof CONTESTANT_NAMES)[number];

/** One gateway, in a process of its own on a core of its own. */
export interface Contestant {
  readonly name: ContestantName;
  readonly label: string;
  readonly url: string;
  readonly pid: number;
  /** Besides those of any JSON request. */
  /** Asks the process itself, where it was started so. */
  readonly ask: () => Promise<unknown>;
  readonly headers: () => Promise<Readonly<Record<string, string>>>;
}

export interface Contest {
  readonly contestants: readonly Contestant[];
  readonly subgraphsPid: number;
  /** Whether gateway and others have a core each. */
  readonly onCores: boolean;
}

interface Surroundings {
  readonly folder: string;
  readonly supergraph: string;
  readonly urls: Readonly<Record<string, string>>;
}

interface Recipe {
  readonly label: string;
  readonly given: (surroundings: Surroundings) => readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Metrics are kept; or every request is traced as well. */
  readonly watched?: 'metrics' | 'traces';
  /** With a token, and all that hangs on it. */
  readonly trusted?: 'alone' | 'in batches';
  readonly peer?: boolean;
}

const hub = ({ supergraph }: Surroundings) => [
  ...HUB_FLAGS,
  inProject('gateway/main.ts'),
  '--supergraph',
  supergraph,
  '--anonymous',
  '--port',
  '0',
];
const measuredHub = (way: string) => ({
  given: ({ supergraph }: Surroundings) => [
    ...HUB_FLAGS,
    inProject('gateway/measured-anonymous.fixture.ts'),
    way,
    supergraph,
  ],
});
const peer = (file: string, given: (surroundings: Surroundings) => readonly string[]) => ({
  peer: true,
  given: (surroundings: Surroundings) => [ofPeers(file), ...given(surroundings)],
});

/** The limits are on, and far away: 1,000 people in one answer cost more than the usual one. */
const UNBOUNDED = { OPERATION_COST_MAX: '1000000000' };

const RECIPES: Readonly<Record<ContestantName, Recipe>> = {
  hub: { label: 'hub', given: hub, environment: UNBOUNDED },
  'hub-trusted': {
    label: 'hub with token, permissions, audit',
    given: () => [...HUB_FLAGS, inProject('gateway/main.ts')],
    environment: UNBOUNDED,
    trusted: 'alone',
  },
  'hub-trusted-batches': {
    label: 'the same, subgraphs take batches',
    given: () => [...HUB_FLAGS, inProject('gateway/main.ts')],
    environment: UNBOUNDED,
    trusted: 'in batches',
  },
  'in-process': { label: 'hub, subgraphs in its process', ...measuredHub('in-process') },
  'hub-unshared': { label: 'hub, each call alone', ...measuredHub('unshared') },
  'hub-batches': {
    label: 'hub, subgraphs take batches',
    given: (surroundings) => [...hub(surroundings), '--batches'],
    environment: UNBOUNDED,
  },
  'hub-metrics': { label: 'hub, with metrics', given: hub, environment: UNBOUNDED, watched: 'metrics' },
  'hub-traced': { label: 'hub, every request traced', given: hub, environment: UNBOUNDED, watched: 'traces' },
  'hub-apollo': { label: "hub, Apollo's engine", given: hub, environment: { ...UNBOUNDED, GATEWAY_ENGINE: 'apollo' } },
  apollo: {
    label: 'Apollo Server + Apollo Gateway',
    given: ({ supergraph }) => [inProject('e2e/bench/plain-gateway/main.ts'), supergraph],
  },
  hive: { label: 'Hive Gateway', ...peer('hive.js', ({ supergraph }) => [supergraph]) },
  'hive-rust': { label: 'Hive Gateway, Rust planner', ...peer('hive.js', ({ supergraph }) => [supergraph, 'rust']) },
  mercurius: { label: 'mercurius', ...peer('mercurius.js', ({ urls }) => [JSON.stringify(urls)]) },
  'mercurius-jit': {
    label: 'mercurius with JIT',
    ...peer('mercurius.js', ({ urls }) => [JSON.stringify(urls), 'jit']),
  },
  'fan-out': { label: 'hand-written fan-out', ...peer('fan-out.js', ({ urls }) => [JSON.stringify(urls)]) },
  'from-memory': {
    label: 'control: answers from memory',
    ...peer('fan-out.js', ({ urls }) => [JSON.stringify(urls), 'remembered']),
  },
};

export const labelOf = (name: ContestantName): string => RECIPES[name].label;

export interface ContestOptions {
  readonly only: readonly ContestantName[];
  /** What the contestants tell of themselves when asked; `null` = nothing, as when they are measured from outside. */
  readonly inside?: keyof typeof INSIDE | null;
}

const INSIDE = {
  heap: ['--expose-gc', '--import', inProject('e2e/bench/gateway/inside/heap.ts')],
  cpu: ['--import', inProject('e2e/bench/gateway/inside/cpu.ts')],
  pauses: ['--import', inProject('e2e/bench/gateway/inside/pauses.ts')],
} as const;

/** Traces go to a subgraph, who takes none: what the gateway does for them is the same. */
const watching = (watched: Recipe['watched'], { urls }: Surroundings): Readonly<Record<string, string>> => ({
  ...(watched !== undefined && { METRICS_PORT: '0' }),
  ...(watched === 'traces' && { OTEL_EXPORTER_OTLP_ENDPOINT: new URL(Object.values(urls)[0] ?? '').origin }),
});

/** Starts the subgraphs and all contestants side by side; who is not asked does nothing. */
export async function startContest(
  { folder, keep }: KeptProcesses,
  { only, inside = null }: ContestOptions,
): Promise<Contest> {
  if (only.some((name) => RECIPES[name].peer)) installedPeers();
  const program = inProject('e2e/bench/gateway/subgraphs/main.ts');
  const subgraphs = await keep(startProcess({ arguments: [program], environment: {}, ready: addressLine }));
  const { urls } = addresses.parse(JSON.parse(subgraphs.url));
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, composed(urls));
  const contestants: Contestant[] = [];
  for (const name of only) contestants.push(await started(name, { folder, supergraph, urls }, { keep, inside }));
  // Last, because a child would inherit the core of this process, and some count the cores when they start.
  const tied = [
    ...contestants.map(({ pid }) => pinned(pid, CORES.gateway)),
    pinned(subgraphs.pid, CORES.others),
    pinned(process.pid, CORES.others),
  ];
  return { contestants, subgraphsPid: subgraphs.pid, onCores: tied.every(Boolean) };
}

async function started(
  name: ContestantName,
  surroundings: Surroundings,
  { keep, inside }: { keep: KeptProcesses['keep']; inside: keyof typeof INSIDE | null },
): Promise<Contestant> {
  const { label, given, environment = {}, trusted, watched } = RECIPES[name];
  const { heard, ask } = askedInside();
  const trust = trusted === undefined ? null : await trustedHub({ ...surroundings, batches: trusted === 'in batches' });
  const { url, pid } = await keep(
    startProcess({
      arguments: [...(inside === null ? [] : INSIDE[inside]), ...given(surroundings)],
      environment: {
        NODE_ENV: 'production',
        ...environment,
        ...watching(watched, surroundings),
        ...trust?.environment,
      },
      ready: readyUrl,
      heard,
    }),
  );
  return { name, label, url, pid, ask: async () => ask(pid), headers: trust?.headers ?? (async () => ({})) };
}

const addresses = z.object({ urls: z.record(z.string(), z.url()) });
const addressLine = (line: string) => (line.startsWith('{"urls"') ? line : null);
