import { Kind, parse, type SelectionNode, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { apiSchema } from './api-schema.ts';
import { mayBeLeftOut } from './conditional-paths.ts';

/** Fields that have nothing selected but under a condition: of an object there may nothing be left. */
interface EmptiedFields {
  readonly coordinates: ReadonlySet<string>;
  /** As an answer has them: the alias, where there is one. */
  readonly keys: ReadonlySet<string>;
}

export function emptiedFields(text: string): EmptiedFields {
  const document = parse(text);
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
  const isConditional = (one: SelectionNode): boolean => {
    if (mayBeLeftOut(one)) return true;
    if (one.kind === Kind.FIELD) return false;
    const within = one.kind === Kind.INLINE_FRAGMENT ? one : fragments.get(one.name.value);
    return within?.selectionSet.selections.every((inner) => isConditional(inner)) ?? false;
  };
  const coordinates = new Set<string>();
  const keys = new Set<string>();
  const types = new TypeInfo(apiSchema());
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name, alias, selectionSet }) => {
        if (selectionSet?.selections.every((one) => isConditional(one)) !== true) return;
        coordinates.add(`${types.getParentType()?.name}.${name.value}`);
        keys.add((alias ?? name).value);
      },
    }),
  );
  return { coordinates, keys };
}
