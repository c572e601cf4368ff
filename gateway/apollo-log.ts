import type { Log } from '../subgraphs/shared/log.ts';

/** Apollo's own lines are sentences; ours are objects. What Apollo tells for its own sake is left out. */
export function apolloLog(log: Log) {
  const line = (level: 'error' | 'warn') => (message?: unknown) => log[level]({ apollo: String(message) }, 'apollo');
  return { debug: () => {}, info: () => {}, warn: line('warn'), error: line('error') };
}
