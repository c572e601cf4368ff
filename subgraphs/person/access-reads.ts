import type { Clock, Store } from '../../adapters/store/port.ts';
import type { Department } from '../../schema/departments.ts';
import type { SharedFacts } from './access/shared-facts.ts';
import type { EmergencySpool } from './emergency/emergency-spool.ts';
import type { NameMatches } from './name-matches.ts';

/** What a decision about a person reads, in whichever of the hub's own subgraphs it is made. */
export interface AccessReads {
  readonly store: Store;
  readonly departments: readonly Department[];
  readonly sharedFacts: SharedFacts;
  readonly emergencySpool: Pick<EmergencySpool, 'waiting'>;
  readonly nameMatches: NameMatches;
  readonly now: Clock;
}
