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
  /** What is reached by the cable that is cut or slow; `null` = a process is killed. */
  readonly cable: string | null;
  strike(struck: Struck): Promise<void>;
  /** Ends it, as whoever supervises the process or pulls the cable in again does; nothing else is done by hand. */
  end(struck: Struck): Promise<void>;
}

/** All of them; docs/reliability.md has what became of the requests meanwhile. */
export const STACK_FAULTS: readonly StackFault[] = [
  killed('gateway-1', 'one of two gateways'),
  killed('person', 'the subgraph of persons and consents'),
  killed('referral', 'the subgraph of referrals, with the relay of its outbox'),
  killed('health', 'the subgraph of a department'),
  killed('store', 'the store'),
  killed('sign-in', 'Keycloak'),
  cut('gateway-2', 'load balancer and a gateway'),
  cut('person', 'gateways and the subgraph of persons'),
  slow('person', { name: 'gateways and the subgraph of persons', ms: 300 }),
  cut('store', 'all and the store'),
  slow('store', { name: 'all and the store', ms: 20 }),
  cut('justice-system', 'the subgraph of justice and its database'),
  slow('civil_affairs-system', { name: 'the subgraph of civil affairs and its service', ms: 1_000 }),
];

function killed(part: string, name: string): StackFault {
  return {
    name: `kill -9: ${name}`,
    cable: null,
    strike: async ({ topology }) => partOf(topology, part).kill(),
    end: async ({ topology }) => partOf(topology, part).start(),
  };
}

function cut(part: string, name: string): StackFault {
  return {
    name: `cut: ${name}`,
    cable: part,
    strike: async ({ between }) => proxyOf(between, part).cut(),
    end: async ({ between }) => proxyOf(between, part).mend(),
  };
}

function slow(part: string, { name, ms }: { name: string; ms: number }): StackFault {
  return {
    name: `${ms} ms later each way: ${name}`,
    cable: part,
    strike: async ({ between }) => proxyOf(between, part).delay(ms),
    end: async ({ between }) => proxyOf(between, part).mend(),
  };
}

function partOf({ parts }: Topology, name: string) {
  const part = parts.get(name);
  if (part === undefined) throw new Error(`the stack has no part ${name}`);
  return part;
}

function proxyOf(between: Struck['between'], name: string): TcpProxy {
  const proxy = between.get(name);
  if (proxy === undefined) throw new Error(`nothing lies before ${name}`);
  return proxy;
}
