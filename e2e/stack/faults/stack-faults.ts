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
  /** Whether it is the cable to it that is cut or slow. */
  readonly cable: boolean;
  /** Tried at every change; the others by `npm run test:faults`. */
  readonly everyRun: boolean;
  /** Whether no connection of a caller may break, as where a process ends in good order. */
  readonly breaksNothing: boolean;
  strike(struck: Struck): Promise<void>;
  /** Ends it, as whoever supervises the process or pulls the cable in again does; nothing else is done by hand. */
  end(struck: Struck): Promise<void>;
}

const NOTHING_SPECIAL = { cable: false, everyRun: false, breaksNothing: false };

/** All of them; docs/reliability.md has what became of the requests meanwhile. */
export const STACK_FAULTS: readonly StackFault[] = [
  everyRun(killed('gateway-1', 'one of two gateways')),
  killed('person', 'the subgraph of persons and consents'),
  everyRun(killed('referral', 'the subgraph of referrals, with the relay of its outbox')),
  killed('health', 'the subgraph of a department'),
  everyRun(killed('store', 'the store')),
  everyRun(killed('sign-in', 'Keycloak')),
  // Not one with a cable that is cut: what lies there takes connections also where nobody listens behind it.
  everyRun(ended('gateway-1', 'one of two gateways')),
  ended('referral', 'the subgraph of referrals, with the relay of its outbox'),
  ended('education', 'the subgraph of a department'),
  cut('gateway-2', 'load balancer and a gateway'),
  cut('person', 'gateways and the subgraph of persons'),
  slow('person', { name: 'gateways and the subgraph of persons', ms: 300 }),
  cut('referral', 'gateways and the subgraph of referrals'),
  cut('audit', 'gateways and the subgraph of the audit log'),
  cut('sign-in', 'gateways and Keycloak'),
  everyRun(cut('store', 'all and the store')),
  slow('store', { name: 'all and the store', ms: 20 }),
  everyRun(cut('justice-system', 'the subgraph of justice and its database')),
  slow('civil_affairs-system', { name: 'the subgraph of civil affairs and its service', ms: 1_000 }),
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

function cut(part: string, name: string): StackFault {
  return {
    ...NOTHING_SPECIAL,
    name: `cut: ${name}`,
    part,
    cable: true,
    strike: async ({ between }) => found(between, part).cut(),
    end: async ({ between }) => found(between, part).mend(),
  };
}

function slow(part: string, { name, ms }: { name: string; ms: number }): StackFault {
  return {
    ...NOTHING_SPECIAL,
    name: `${ms} ms later each way: ${name}`,
    part,
    cable: true,
    strike: async ({ between }) => found(between, part).delay(ms),
    end: async ({ between }) => found(between, part).mend(),
  };
}

function found<T>(all: ReadonlyMap<string, T>, name: string): T {
  const one = all.get(name);
  if (one === undefined) throw new Error(`the stack has no ${name} to break, or nothing lies before it`);
  return one;
}
