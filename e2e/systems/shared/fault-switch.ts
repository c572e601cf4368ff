import type { Fault } from './department-system.ts';

/** How long a `slow` system takes to answer. */
export const SLOW_ANSWER_MS = 2_500;

/** How a sample system is broken at the moment; `null` when it works. */
export interface FaultSwitch {
  current(): Fault | null;
  set(fault: Fault | null): void;
  /** Tells of every change, so that a server can for example drop its open connections. */
  onChange(listener: (fault: Fault | null) => void): void;
}

export function createFaultSwitch(): FaultSwitch {
  const listeners: ((fault: Fault | null) => void)[] = [];
  let current: Fault | null = null;
  return {
    current: () => current,
    set: (fault) => {
      current = fault;
      for (const listener of listeners) listener(fault);
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
}
