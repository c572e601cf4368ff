import { Kind, parse, type SelectionNode, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { apiSchema } from './api-schema.ts';

/** Coordinates of the fields that have nothing selected but under a condition: of an object there may nothing be left. */
export function emptiedFields(text: string): ReadonlySet<string> {
  const document = parse(text);
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
  const isConditional = (one: SelectionNode): boolean => {
    if ((one.directives ?? []).some(({ name }) => name.value === 'skip' || name.value === 'include')) return true;
    if (one.kind === Kind.FIELD) return false;
    const within = one.kind === Kind.INLINE_FRAGMENT ? one : fragments.get(one.name.value);
    return within?.selectionSet.selections.every((inner) => isConditional(inner)) ?? false;
  };
  const emptied = new Set<string>();
  const types = new TypeInfo(apiSchema());
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name, selectionSet }) => {
        if (selectionSet?.selections.every((one) => isConditional(one)) === true)
          emptied.add(`${types.getParentType()?.name}.${name.value}`);
      },
    }),
  );
  return emptied;
}
