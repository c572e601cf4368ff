import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import type { Asking } from './asking.ts';
import { lacksScope } from './scopes.ts';
import type { Shown } from './shown.ts';
import type { World } from '../world/facts.ts';

export type Args = Readonly<Record<string, unknown>>;
type Field = (args: Args, info: GraphQLResolveInfo) => unknown;

/** An object of the answer: its fields, and whose it is. */
export interface Node {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Notes a field of it that has a value. */
  readonly note: (coordinate: string, value: unknown) => void;
}

/** One request, as the reference walks it. */
export interface Walk {
  readonly asking: Asking;
  readonly world: World;
  readonly shown: Shown;
}

export const refused = (code: 'FORBIDDEN_FIELD' | 'NO_BASIS'): GraphQLError =>
  new GraphQLError(code, { extensions: { code } });

/** Every field of every type: the scope first, then what stands there; what has a value was shown. */
export function resolveField(node: Node, args: Args, { asking }: Walk, info: GraphQLResolveInfo): unknown {
  const coordinate = `${info.parentType.name}.${info.fieldName}`;
  if (lacksScope(coordinate, asking.scopes)) throw refused('FORBIDDEN_FIELD');
  if (!Object.hasOwn(node.fields, info.fieldName)) throw new Error(`the reference knows no ${coordinate}`);
  const field = node.fields[info.fieldName];
  const value = typeof field === 'function' ? (field as Field)(args, info) : field;
  if (value !== null && value !== undefined) node.note(coordinate, value);
  return value;
}

/** An object of plain values, and what in it is an object again, all the same one's. */
export function plain(value: Readonly<Record<string, unknown>>, note: Node['note']): Node {
  const inner = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(inner);
    return typeof one === 'object' && one !== null ? plain(one as Record<string, unknown>, note) : one;
  };
  return { fields: Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inner(one)])), note };
}
