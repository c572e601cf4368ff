import fc from 'fast-check';
import {
  getNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { apiSchema } from '../api-schema.ts';
import { DEPARTMENTS } from '../reference/departments.ts';
import type { PersonFacts, Register, Row } from './facts.ts';

const FIRST_DAY = Date.parse('2000-01-01T00:00:00Z');
const MOST_ROWS = 3;
/** Whose rows may be sealed by their department; which of them a clinician may withhold. */
const SEALABLE = new Set(['justice:legal-aid', 'justice:reintegration', 'womens-federation:rights-case']);
const WITHHOLDABLE_OF = 'health:';

/** Rows for every local id of the people: made from the schema's own types, each with a date that no other has. */
export function makeRecords(people: readonly PersonFacts[], seed: number): Readonly<Record<string, Register>> {
  let made = 0;
  const nextDate = () => new Date(FIRST_DAY + (made += 1) * 86_400_000).toISOString().slice(0, 10);
  const chance = chancesOf(seed);
  const entries = DEPARTMENTS.flatMap(({ code, slug, facet, categories }) => {
    const localIds = people.flatMap(({ links }) =>
      links.filter(({ department }) => department === code).map(({ localId }) => localId),
    );
    const known = localIds.filter(() => chance(10) > 0);
    return Object.entries(categories).map(([name, field]): [string, Register] => {
      const category = `${slug}:${name}`;
      const type = rowType(facet, field);
      const rowsOf = (localId: string): readonly Row[] =>
        Array.from({ length: chance(MOST_ROWS + 1) }, (_, i) => {
          const date = nextDate();
          const sealed = SEALABLE.has(category) && chance(3) === 0;
          const withheld = category.startsWith(WITHHOLDABLE_OF) && chance(4) === 0;
          const fields = { ...valuesOf(type, { date, mark: `${localId}/${i}`, n: made }), sealed };
          return { fields, date, sealed, withheld };
        });
      return [category, Object.fromEntries(known.map((localId) => [localId, rowsOf(localId)]))];
    });
  });
  return Object.fromEntries(entries);
}

/** Numbers below a bound, the same each time for a seed. */
function chancesOf(seed: number): (below: number) => number {
  const [numbers = []] = fc.sample(fc.array(fc.nat(59), { minLength: 500, maxLength: 500, size: 'max' }), {
    seed,
    numRuns: 1,
  });
  let at = 0;
  return (below) => (numbers[(at += 1) % numbers.length] ?? 0) % below;
}

function rowType(facet: string, field: string): GraphQLObjectType {
  const of = apiSchema().getType(facet);
  const type = isObjectType(of) ? getNamedType(of.getFields()[field]?.type) : null;
  if (!isObjectType(type)) throw new Error(`no rows under ${facet}.${field}`);
  return type;
}

interface Value {
  readonly date: string;
  readonly mark: string;
  readonly n: number;
}

function valuesOf(type: GraphQLObjectType, value: Value): Record<string, unknown> {
  return Object.fromEntries(
    Object.values(type.getFields()).map(({ name, type: of }) => [name, valueOf(name, of, value)]),
  );
}

function valueOf(field: string, type: GraphQLOutputType, value: Value): unknown {
  if (isNonNullType(type)) return valueOf(field, type.ofType, value);
  if (isListType(type)) return [valueOf(field, type.ofType, value)];
  if (isObjectType(type)) return valuesOf(type, value);
  if (isEnumType(type)) return type.getValues()[value.n % Math.min(2, type.getValues().length)]?.name;
  switch (getNamedType(type).name) {
    case 'Date':
    case 'PartialDate':
      return value.date;
    case 'Boolean':
      return value.n % 2 === 0;
    case 'MaskedName':
      return '王**';
    case 'String':
      return `${field} ${value.mark}`;
    default:
      return value.n;
  }
}
