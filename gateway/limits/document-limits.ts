import {
  type ASTNode,
  type DocumentNode,
  type GraphQLError,
  GraphQLSchema,
  Kind,
  MaxIntrospectionDepthRule,
  validate,
} from 'graphql';
import { type Limit, limitExceeded, LIMITS } from './limits.ts';
import { repetitions } from './repetitions.ts';
import { type Measure, measured } from './selection-measure.ts';

const sum = (a: number, b: number) => a + b;
const isDefinition = ({ kind }: ASTNode) => kind === Kind.OPERATION_DEFINITION || kind === Kind.FRAGMENT_DEFINITION;

/** What is measured of a document's form, by the limit's name. */
const MEASURES = {
  // The introspection of a schema is as deep as its types; the rule of graphql-js bounds it (`goesRound`).
  depth: {
    of: (node, inside) => (node.kind !== Kind.FIELD ? inside : node.name.value === '__schema' ? 0 : inside + 1),
    beside: Math.max,
  },
  aliases: { of: (node, inside) => inside + ('alias' in node && node.alias ? 1 : 0), beside: sum },
  rootFields: { of: (node, inside) => (node.kind === Kind.FIELD ? 1 : inside), beside: sum },
  selections: { of: (node, inside) => inside + (isDefinition(node) ? 0 : 1), beside: sum },
  directives: { of: (node, inside) => inside + (node.directives?.length ?? 0), beside: sum },
} satisfies Partial<Record<Limit, Measure>>;

type Measured = keyof typeof MEASURES;

/** How large a document is, by the limit's name. */
export function documentMeasures(document: DocumentNode): Readonly<Record<Measured, number>> {
  const { depth, aliases, rootFields, selections, directives } = MEASURES;
  return {
    depth: measured(document, depth),
    aliases: measured(document, aliases),
    rootFields: measured(document, rootFields),
    selections: measured(document, selections),
    directives: measured(document, directives),
  };
}

/**
 * The limits that a document exceeds by its form alone; empty = none. Needs no schema: it stands before validation,
 * whose rules take longer than this.
 */
export function documentLimits(document: DocumentNode): readonly GraphQLError[] {
  const measures = documentMeasures(document);
  const beyond = (Object.keys(MEASURES) as Measured[]).filter((name) => measures[name] > LIMITS[name]);
  if (beyond.length > 0) return beyond.map(limitExceeded);
  // Last: how long it takes to count them is bounded by the others.
  if (goesRound(document)) return [limitExceeded('introspectionLists')];
  return repetitions(document) > LIMITS.repetitions ? [limitExceeded('repetitions')] : [];
}

/** The rule reads names alone. */
const NO_SCHEMA = new GraphQLSchema({ assumeValid: true });

/** Whether introspection leads from lists into lists. As validation finds it, which has no name for it. */
function goesRound(document: DocumentNode): boolean {
  return validate(NO_SCHEMA, document, [MaxIntrospectionDepthRule], { maxErrors: 1 }).length > 0;
}
