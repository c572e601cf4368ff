import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema, isEnumType, Kind, OperationTypeNode, parse, print, visit } from 'graphql';

/** What of the public schema the fuzz asks for: these roots, and without these fields, whose rules are no permissions. */
const ROOTS = new Set([
  'person',
  'persons',
  'personByLocalId',
  'matchPerson',
  'me',
  'myWards',
  'referral',
  'referrals',
  'referralCounts',
  'myReferrals',
  'consents',
  'myConsents',
]);
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  Referral: ['service', 'clocks', 'overdue', 'availableMoves'],
  // They lead to the directory, which is open to every token.
  ReferralRejection: ['nextServices'],
  Appointment: ['location'],
  ReferralFilter: ['serviceId', 'overdue', 'followUpDue'],
  ReferralParty: ['organisation'],
  Consent: ['agreements', 'missing', 'text'],
  TimelineEvent: ['organisation'],
  LocalIdentifier: ['evidence', 'linkedAt'],
};

/** Fields without which a walk comes to records sooner. */
const AT_HAND = ['truncatedBefore', 'name', 'sex', 'birthDate', 'division'];

let built: GraphQLSchema | null = null;
let ofPeople: GraphQLSchema | null = null;

/** The part of the public API that the reference knows, for generating and for walking. */
export function apiSchema(): GraphQLSchema {
  built ??= lenient(buildSchema(print(reduced(ROOTS))));
  return built;
}

/** Of it what begins with a person by id and leads to records: to generate more that shows some. */
export function peopleSchema(): GraphQLSchema {
  ofPeople ??= buildSchema(print(reduced(new Set(['person', 'persons']), AT_HAND)));
  return ofPeople;
}

/** Where an enum's value is one of several, a mark stands in the expected answer. */
function lenient(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap()))
    if (isEnumType(type)) type.serialize = (value) => value as string;
  return schema;
}

function reduced(roots: ReadonlySet<string>, alsoOut: readonly string[] = []) {
  const sdl = readFileSync(new URL('../../schema/generated/api.graphql', import.meta.url), 'utf8');
  return visit(parse(sdl, { noLocation: true }), {
    ObjectTypeDefinition: (node) => {
      if (node.name.value === 'Mutation') return null;
      const out = LEFT_OUT[node.name.value] ?? [];
      const fields = (node.fields ?? []).filter(({ name }) =>
        node.name.value === 'Query'
          ? roots.has(name.value)
          : !out.includes(name.value) && !alsoOut.includes(name.value),
      );
      return { ...node, fields };
    },
    InputObjectTypeDefinition: (node) => {
      const out = LEFT_OUT[node.name.value] ?? [];
      return { ...node, fields: (node.fields ?? []).filter(({ name }) => !out.includes(name.value)) };
    },
    FieldDefinition: (node) => ({
      ...node,
      // Pages go on from a cursor that an answer gave: nothing that a permission bears on.
      arguments: (node.arguments ?? []).filter(({ name }) => name.value !== 'after'),
    }),
    SchemaDefinition: (node) => ({
      ...node,
      operationTypes: node.operationTypes.filter(({ operation }) => operation === OperationTypeNode.QUERY),
    }),
    Directive: (node) => (node.name.value === 'deprecated' || node.name.value === 'specifiedBy' ? undefined : null),
    DirectiveDefinition: () => null,
    [Kind.SCHEMA_EXTENSION]: () => null,
  });
}
