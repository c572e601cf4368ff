import { type MadeDecision } from '../../../../subgraphs/shared/decisions.ts';
import { BENCH_CATEGORIES } from './categories.ts';
import type { Entity } from './records.ts';

const DECIDED = {
  visible: true,
  crossesJurisdiction: false,
  emergencyUntil: null,
  nameMatch: null,
  ofReport: false,
} as const;

/** What a subgraph of the hub's own says about whom its answer shows: everybody is in the caller's care. */
export function decisionOf(entity: Entity, by: 'id' | 'entity'): MadeDecision {
  if (entity.__typename === 'Referral')
    return { ...DECIDED, personId: personOf(entity), by: 'matter', standings: {}, beside: ['Query.referral'] };
  const standing = { basis: 'CARE_TEAM', ground: 'bench' };
  const standings = Object.fromEntries(BENCH_CATEGORIES.map(({ name }) => [name, standing]));
  return { ...DECIDED, personId: String(entity.id), by, standings, beside: [] };
}

function personOf({ person }: Entity): string {
  return typeof person === 'object' && person !== null && 'id' in person ? String(person.id) : '';
}
