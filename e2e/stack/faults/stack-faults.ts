import { startSubgraphBalancer } from '../servers/subgraph-balancer.ts';
import type { Topology } from '../start-topology.ts';
import type { TcpProxy } from './tcp-proxy.ts';

/** The stack and what lies between its parts. */
export interface Struck {
  readonly topology: Topology;
  /** By the name of what is reached through it. */
  readonly between: ReadonlyMap<string, TcpProxy>;
}

export interface StackFault {
  readonly name: string;
  /** What is killed, or lies at the other end of the cable. */
  readonly part: string;
  /** Before which of them a cable must lie that can be cut, made slow or led elsewhere. */
  readonly cables: readonly string[];
  /** Tried at every change; the others by `npm run test:faults`. */
  readonly everyRun: boolean;
  /** Whether no connection of a caller may break, as where a process ends in good order. */
  readonly breaksNothing: boolean;
  /** Codes that say that something could not be reached, an answer; what is late on a busy machine is none of them. */
  readonly mostUnreached: number;
  /** Before the load begins; answers what undoes it. */
  prepare(struck: Struck): Promise<() => Promise<void>>;
  strike(struck: Struck): Promise<void>;
  /** Ends it, as whoever supervises the process or pulls the cable in again does; nothing else is done by hand. */
  end(struck: Struck): Promise<void>;
}

const NOTHING_SPECIAL = {
  cables: [],
  everyRun: false,
  breaksNothing: false,
  mostUnreached: Infinity,
  prepare: async () => async () => {},
};

/** All of them; docs/reliability.md has what became of the requests meanwhile. */
export const STACK_FAULTS: readonly StackFault[] = [
  everyRun(killed('gateway-1', 'one of two gateways')),
  killed('person', 'the subgraph of persons and consents'),
  everyRun(killed('referral', 'the subgraph of referrals, with the relay of its outbox')),
  killed('health', 'the subgraph of a department'),
  killed('audit', 'the subgraph of the audit log'),
  killed('directory', 'the subgraph of the directory'),
  everyRun(killed('store', 'the store')),
  everyRun(killed('sign-in', 'Keycloak')),
  // Not one with a cable that is cut: what lies there takes connections also where nobody listens behind it.
  everyRun(ended('gateway-1', 'one of two gateways')),
  ended('referral', 'the subgraph of referrals, with the relay of its outbox'),
  ended('education', 'the subgraph of a department'),
  cut('gateway-2', 'load balancer and a gateway'),
  slow('gateway-2', { name: 'load balancer and a gateway', ms: 300 }),
  cut('person', 'gateways and the subgraph of persons'),
  slow('person', { name: 'gateways and the subgraph of persons', ms: 300 }),
  cut('referral', 'gateways and the subgraph of referrals'),
  slow('referral', { name: 'gateways and the subgraph of referrals', ms: 300 }),
  cut('audit', 'gateways and the subgraph of the audit log'),
  cut('directory', 'gateways and the subgraph of the directory'),
  cut('womens-federation', 'gateways and the subgraph of a department'),
  cut('sign-in', 'gateways and Keycloak'),
  everyRun(cut('store', 'all and the store')),
  slow('store', { name: 'all and the store', ms: 20 }),
  cut('gateway-2-store', 'one of two gateways and the store'),
  cut('person-store', 'the subgraph of persons and the store'),
  cut('referral-store', 'the subgraph of referrals and the store'),
  cut('audit-store', 'the subgraph of the audit log and the store'),
  cut('directory-store', 'the subgraph of the directory and the store'),
  cut('education-system', 'the subgraph of education and its service'),
  cut('health-system', 'the subgraph of health and its service'),
  cut('union-system', 'the subgraph of the trade union and its service'),
  everyRun(cut('justice-system', 'the subgraph of justice and its database')),
  cut('civil_affairs-system', 'the subgraph of civil affairs and its service'),
  slow('civil_affairs-system', { name: 'the subgraph of civil affairs and its service', ms: 1_000 }),
  oneCopyKilled(['person', 'referral'], 'one of two copies each of the subgraphs of persons and of referrals'),
];

function everyRun(fault: StackFault): StackFault {
  return { ...fault, everyRun: true };
}

function killed(part: string, name: string): StackFault {
  return {
    ...NOTHING_SPECIAL,
    name: `kill -9: ${name}`,
    part,
    strike: async ({ topology }) => found(topology.parts, part).kill(),
    end: async ({ topology }) => found(topology.parts, part).start(),
  };
}

function ended(part: string, name: string): StackFault {
  const programs = ({ topology: { gateways, subgraphs } }: Struck) =>
    new Map([...gateways, ...subgraphs.values()].map((one) => [one.name, one]));
  return {
    ...NOTHING_SPECIAL,
    name: `SIGTERM: ${name}`,
    part,
    breaksNothing: true,
    strike: async (struck) => void (await found(programs(struck), part).end()),
    end: async (struck) => found(programs(struck), part).start(),
  };
}

/** Second copies are there for this one alone: whole subgraphs die in the others. */
function oneCopyKilled(names: readonly string[], name: string): StackFault {
  return {
    ...NOTHING_SPECIAL,
    name: `kill -9: ${name}`,
    part: names.join(' and '),
    cables: names,
    mostUnreached: 0.1,
    prepare: async ({ topology, between }) => {
      // Looked for first: what is missing is found before anything is started.
      const cables = new Map(names.map((one) => [one, found(between, one)] as const));
      const copies = await Promise.all(names.map(async (one) => topology.secondOf(one)));
      const balancer = await startSubgraphBalancer({
        folder: topology.folder,
        copies: new Map(
          names.map((one, i) => [one, [found(topology.subgraphs, one).url, copies[i]?.url ?? '']] as const),
        ),
      });
      for (const [one, port] of balancer.ports) found(cables, one).leadTo(port);
      return async () => {
        for (const [one, cable] of cables) cable.leadTo(Number(new URL(found(topology.subgraphs, one).url).port));
        await balancer.stop();
        for (const copy of copies) await copy.end();
      };
    },
    strike: async ({ topology }) => {
      for (const one of names) await found(topology.parts, one).kill();
    },
    end: async ({ topology }) => {
      for (const one of names) await found(topology.parts, one).start();
    },
  };
}

function cut(part: string, name: string): StackFault {
  return {
    ...NOTHING_SPECIAL,
    name: `cut: ${name}`,
    part,
    cables: [part],
    strike: async ({ between }) => found(between, part).cut(),
    end: async ({ between }) => found(between, part).mend(),
  };
}

function slow(part: string, { name, ms }: { name: string; ms: number }): StackFault {
  return {
    ...NOTHING_SPECIAL,
    name: `${ms} ms later each way: ${name}`,
    part,
    cables: [part],
    strike: async ({ between }) => found(between, part).delay(ms),
    end: async ({ between }) => found(between, part).mend(),
  };
}

function found<T>(all: ReadonlyMap<string, T>, name: string): T {
  const one = all.get(name);
  if (one === undefined) throw new Error(`the stack has no ${name} to break, or nothing lies before it`);
  return one;
}
