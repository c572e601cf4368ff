/** What stands behind a small supergraph: plain objects, whose methods take a field's arguments. */
export interface World {
  readonly query: object;
  readonly mutation?: object;
  /** What a representation can mean, by the type's name in the subgraph that is asked (interfaces too). */
  readonly entities: Readonly<Record<string, readonly object[]>>;
}

/** A supergraph for one corner of Federation: subgraphs that all read one world. */
export interface SmallSupergraph {
  readonly name: string;
  /** SDL by the subgraph's name, without the link to Federation. */
  readonly subgraphs: Readonly<Record<string, string>>;
  /** Made anew for each request: mutations change it. */
  readonly world: () => World;
  /** Values by subgraph and coordinate that only this subgraph believes: a good plan never asks for them. */
  readonly stale?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Texts that mean something as an argument. */
  readonly words: readonly string[];
}

/** A field of a parent that may be an object of the world or a representation: there a method, here a value. */
export function given(parent: object, field: string, args: object = {}): unknown {
  const value: unknown = Reflect.get(parent, field);
  return typeof value === 'function' ? Reflect.apply(value, parent, [args]) : value;
}
