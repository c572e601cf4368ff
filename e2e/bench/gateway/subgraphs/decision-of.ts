import { type MadeDecision } from '../../../../subgraphs/shared/decisions.ts';
import type { Entity } from './records.ts';

/** Categories of the four departments, as the permission table of the benchmark has them. */
const CATEGORIES = [
  'education:enrolment',
  'education:counselling',
  'health:visits',
  'health:medication',
  'civil-affairs:assistance',
  'civil-affairs:guidance',
  'justice:legal-aid',
  'justice:mediation',
] as const;

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
  const standings = Object.fromEntries(CATEGORIES.map((category) => [category, standing]));
  return { ...DECIDED, personId: String(entity.id), by, standings, beside: [] };
}

function personOf({ person }: Entity): string {
  return typeof person === 'object' && person !== null && 'id' in person ? String(person.id) : '';
}
