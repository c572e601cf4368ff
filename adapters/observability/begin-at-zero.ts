import { SOURCE_ERROR_CODES } from '../shared/source-error.ts';
import { ESCALATED_TO } from '../shared/watched-work.ts';
import type { Metrics } from './metrics.ts';

/** Whose errors a process will count. */
export interface Foreseen {
  /** Codes of a gateway's answers. */
  readonly codes?: readonly string[];
  /** Subgraphs that it calls. */
  readonly called?: readonly string[];
  /** The subgraph that it serves alone. */
  readonly served?: readonly string[];
  /** Departments that it reads. */
  readonly read?: readonly string[];
}

/**
 * What alerts look at is there, at 0, before it has happened once: in a series that is born with its first error
 * Prometheus' `increase()` does not see that error.
 */
export function beginAtZero(metrics: Metrics, { codes = [], called = [], served = [], read = [] }: Foreseen): void {
  for (const code of codes) metrics.errors.inc({ code }, 0);
  for (const subgraph of served) metrics.servedErrors.inc({ subgraph, code: 'INTERNAL' }, 0);
  for (const code of SOURCE_ERROR_CODES) {
    for (const subgraph of called) metrics.subgraphErrors.inc({ subgraph, code }, 0);
    for (const department of read) metrics.readErrors.inc({ department, code }, 0);
  }
  for (const to of ESCALATED_TO) metrics.escalations.inc({ to }, 0);
}
