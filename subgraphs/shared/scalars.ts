import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDate, GraphQLDateTimeISO, GraphQLNonNegativeFloat, GraphQLNonNegativeInt } from 'graphql-scalars';
import { parseDivision } from '../../adapters/shared/division.ts';
import { normaliseIdNumber } from '../../adapters/shared/id-number.ts';
import { isPartialDate } from '../../adapters/shared/partial-date.ts';
import { parseOrganisationCode } from '../../adapters/shared/organisation-code.ts';

/** A scalar that is a string with a form; `check` answers the value as it is kept, or null. */
function textScalar(name: string, form: string, check: (text: string) => string | null): GraphQLScalarType {
  const accept = (value: unknown): string => {
    const accepted = typeof value === 'string' ? check(value) : null;
    // The value itself stays out of the message: it may be an ID number.
    if (accepted === null)
      throw new GraphQLError(`${name}: expected ${form}.`, { extensions: { code: 'BAD_USER_INPUT' } });
    return accepted;
  };
  return new GraphQLScalarType({
    name,
    serialize: accept,
    parseValue: accept,
    parseLiteral: (node) => accept(node.kind === Kind.STRING ? node.value : null),
  });
}

const writeOnly = (scalar: GraphQLScalarType) =>
  new GraphQLScalarType({
    ...scalar.toConfig(),
    serialize: () => {
      throw new GraphQLError(`${scalar.name} is never answered.`);
    },
  });

/** The scalars of `schema/shared.graphql`: graphql-scalars where a standard one exists, ours where the domain has its own form. */
export const SCALARS = {
  Date: asText(GraphQLDate, 'Date', (date) => date.toISOString().slice(0, 10)),
  DateTime: asText(GraphQLDateTimeISO, 'DateTime', (date) => date.toISOString()),
  NonNegativeInt: GraphQLNonNegativeInt,
  NonNegativeFloat: GraphQLNonNegativeFloat,
  PartialDate: textScalar('PartialDate', 'a FHIR date like 2011, 2011-03 or 2011-03-05', (text) =>
    isPartialDate(text) ? text : null,
  ),
  DivisionCode: textScalar('DivisionCode', 'a GB/T 2260 code of 6, 9 or 12 digits', parseDivision),
  OrganisationCode: textScalar(
    'OrganisationCode',
    'a GB 32100 code of 18 characters',
    (text) => parseOrganisationCode(text)?.code ?? null,
  ),
  MaskedName: textScalar('MaskedName', 'a masked name', (text) => (text.endsWith('**') ? text : null)),
  IDNumber: writeOnly(textScalar('IDNumber', 'a valid GB 11643 number of 18 characters', normaliseIdNumber)),
} as const;

/** A date as the domain keeps it, ISO text, where the scalar would hand out an object. */
function asText(
  scalar: GraphQLScalarType<Date, unknown>,
  name: string,
  textOf: (date: Date) => string,
): GraphQLScalarType {
  return new GraphQLScalarType({
    ...scalar.toConfig(),
    name,
    parseValue: (value) => textOf(scalar.parseValue(value)),
    parseLiteral: (node, variables) => textOf(scalar.parseLiteral(node, variables)),
  });
}
