import fc, { type Arbitrary } from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLScalarType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import type { PickedValue, PickedVariable } from './picked-operation.ts';

const NOTHING = fc.constant(null);
const absent = Symbol('absent');

/** Values of arguments: constants, variables with and without default, given or not, and all of them in lists and objects. */
export function valuesOf(words: readonly string[]) {
  const texts = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...words) },
    { weight: 1, arbitrary: fc.constantFrom('', '心桥 "\\"\n\u{1F309}', '__proto__', '1') },
  );
  const scalars: Readonly<Record<string, Arbitrary<unknown>>> = {
    Int: fc.constantFrom(1, 0, 2, 3, -1, 2_147_483_647),
    Float: fc.constantFrom(1, 0.5, -2.25, 1e21),
    Boolean: fc.boolean(),
    ID: fc.oneof({ weight: 6, arbitrary: texts }, { weight: 1, arbitrary: fc.constantFrom(1, 2) }),
    String: texts,
  };
  const ofScalar = ({ name }: GraphQLScalarType) => scalars[name] ?? texts;

  function constants(type: GraphQLInputType, depth: number): Arbitrary<unknown> {
    if (isNonNullType(type)) return filled(type.ofType, depth);
    return fc.oneof({ weight: 5, arbitrary: filled(type, depth) }, { weight: 1, arbitrary: NOTHING });
  }

  function filled(type: GraphQLInputType, depth: number): Arbitrary<unknown> {
    if (isNonNullType(type)) return filled(type.ofType, depth);
    if (isListType(type)) {
      const item = constants(type.ofType, depth - 1);
      // One value stands for a list of one (specification 3.11).
      const alone = filled(type.ofType, depth - 1);
      return fc.oneof(
        { weight: 5, arbitrary: fc.array(item, { maxLength: depth > 0 ? 3 : 0 }) },
        { weight: 1, arbitrary: alone },
      );
    }
    if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
    if (!isInputObjectType(type)) return ofScalar(type);
    return objectOf(Object.values(type.getFields()), depth, ({ type: of }) => constants(of, depth - 1));
  }

  function withVariables(type: GraphQLInputType, depth: number): Arbitrary<PickedValue> {
    const inside = isNonNullType(type) ? type.ofType : type;
    const constant = constants(type, depth).map((value): PickedValue => ({ kind: 'constant', value }));
    const choices = [
      { weight: 4, arbitrary: constant },
      { weight: 2, arbitrary: variables(type, depth) },
    ];
    if (isListType(inside) && depth > 0) {
      const items = fc.array(withVariables(inside.ofType, depth - 1), { maxLength: 3 });
      choices.push({ weight: 2, arbitrary: items.map((all): PickedValue => ({ kind: 'list', items: all })) });
    }
    if (isInputObjectType(inside) && depth > 0) {
      const fields = objectOf(Object.values(inside.getFields()), depth, ({ type: of }) => withVariables(of, depth - 1));
      choices.push({ weight: 3, arbitrary: fields.map((all): PickedValue => ({ kind: 'object', fields: all })) });
    }
    return fc.oneof(...choices);
  }

  function variables(type: GraphQLInputType, depth: number): Arbitrary<PickedVariable> {
    const nothing = NOTHING;
    const boxed = (of: Arbitrary<unknown>) => of.map((value) => ({ value }));
    const declared = (
      of: GraphQLInputType,
      byDefault: Arbitrary<{ value: unknown } | null>,
      given: Arbitrary<{ value: unknown } | null>,
    ): Arbitrary<PickedVariable> =>
      fc.record({ kind: fc.constant('variable'), type: fc.constant(String(of)), slot: fc.nat(1), byDefault, given });
    const full = boxed(filled(type, depth));
    if (!isNonNullType(type)) {
      const any = boxed(constants(type, depth));
      return declared(type, fc.option(any, { nil: null }), fc.option(any, { nil: null }));
    }
    return fc.oneof(
      declared(type, nothing, full),
      // A default lets a nullable variable stand where null may not (specification 5.8.5).
      declared(type.ofType, full, fc.option(full, { nil: null })).map((one) => ({ ...one, slot: one.slot + 2 })),
    );
  }

  function objectOf<T>(
    fields: readonly GraphQLInputField[],
    depth: number,
    value: (field: GraphQLInputField) => Arbitrary<T>,
  ): Arbitrary<Record<string, T>> {
    const asked = fields.filter((field) => depth > 0 || isRequiredInputField(field));
    return entries(asked, isRequiredInputField, value);
  }

  return {
    /** The arguments of a field: all that it requires, and some of the others. */
    arguments: (args: readonly GraphQLArgument[]) =>
      entries(args, isRequiredArgument, ({ type }) => withVariables(type, 2)),
    variables: (type: GraphQLInputType) => variables(type, 0),
  };
}

/** Objects with an entry for each of the required, and for some of the others. */
function entries<Named extends { readonly name: string }, T>(
  named: readonly Named[],
  required: (one: Named) => boolean,
  value: (one: Named) => Arbitrary<T>,
): Arbitrary<Record<string, T>> {
  return fc
    .tuple(...named.map((one) => (required(one) ? value(one) : fc.option(value(one), { nil: absent, freq: 2 }))))
    .map((values) => {
      const present: [string, T][] = [];
      values.forEach((each, i) => {
        if (each !== absent) present.push([named[i]?.name ?? '', each as T]);
      });
      return Object.fromEntries(present);
    });
}
