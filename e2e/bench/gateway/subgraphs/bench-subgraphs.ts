import { readFileSync } from 'node:fs';
import { STILL_STANDS_FIELD } from '../../../../subgraphs/shared/decisions.ts';
import {
  civilAffairsRecord,
  educationRecord,
  type Entity,
  healthRecord,
  justiceRecord,
  personRecord,
  referralRecord,
} from './records.ts';

type Arguments = Readonly<Record<string, unknown>>;

/** A small subgraph of the benchmark: its schema, its root fields, how it finds its part of an entity. */
export interface BenchSubgraph {
  readonly name: string;
  readonly sdl: string;
  readonly roots: Readonly<Record<string, (given: Arguments) => unknown>>;
}

const PERSON_ID = /^p-(\d{1,6})$/;
const REFERRAL_ID = /^r-(\d{1,6})$/;

/** Six, as a profile of the hub has them: who it is, a referral, four departments. */
export const BENCH_SUBGRAPHS: readonly BenchSubgraph[] = [
  subgraph('person', personRecord, (person) => ({
    person: ({ id }) => person(id),
    persons: ({ ids }) => listOf(ids).map(person),
    [STILL_STANDS_FIELD]: ({ decisions }) => listOf(decisions).map(() => true),
  })),
  subgraph(
    'referral',
    (n) => ({ __typename: 'Person', id: `p-${n}` }),
    () => {
      const referral = remembered(REFERRAL_ID, referralRecord);
      return {
        referral: ({ id }) => referral(id),
        [STILL_STANDS_FIELD]: ({ decisions }) => listOf(decisions).map(() => true),
      };
    },
  ),
  subgraph('education', educationRecord),
  subgraph('health', healthRecord),
  subgraph('civil-affairs', civilAffairsRecord),
  subgraph('justice', justiceRecord),
];

function subgraph(
  name: string,
  record: (n: number) => Entity,
  rootsOf: (person: (id: unknown) => Entity | null) => BenchSubgraph['roots'] = () => ({}),
): BenchSubgraph {
  const sdl = readFileSync(new URL(`./${name}.graphql`, import.meta.url), 'utf8');
  const person = remembered(PERSON_ID, record);
  const entityOf = (key: unknown) => person(typeof key === 'object' && key !== null && 'id' in key ? key.id : null);
  return {
    name,
    sdl,
    roots: { ...rootsOf(person), _entities: ({ representations }) => listOf(representations).map(entityOf) },
  };
}

/** Each is made once: the subgraphs are to cost next to nothing. */
function remembered(pattern: RegExp, record: (n: number) => Entity): (id: unknown) => Entity | null {
  const made = new Map<string, Entity>();
  return (id) => {
    if (typeof id !== 'string') return null;
    const known = made.get(id);
    if (known !== undefined) return known;
    const [, digits] = pattern.exec(id) ?? [];
    if (digits === undefined) return null;
    const entity = record(Number(digits));
    made.set(id, entity);
    return entity;
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
