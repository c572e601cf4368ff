/** A value as it is picked: of constants only, or with variables in it. */
export type PickedValue =
  | { readonly kind: 'constant'; readonly value: unknown }
  | { readonly kind: 'list'; readonly items: readonly PickedValue[] }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, PickedValue>> }
  | PickedVariable;

export interface PickedVariable {
  readonly kind: 'variable';
  /** As it is declared: `[Int!]`. */
  readonly type: string;
  /** Two places that pick the same type and slot share one variable; the first of them declares it. */
  readonly slot: number;
  readonly byDefault: { readonly value: unknown } | null;
  /** What the client sends; `null` = nothing. */
  readonly given: { readonly value: unknown } | null;
}

export interface PickedCondition {
  readonly directive: 'skip' | 'include';
  readonly when: boolean | PickedVariable;
}

export interface PickedField {
  readonly kind: 'field';
  readonly name: string;
  readonly alias: string | null;
  readonly args: Readonly<Record<string, PickedValue>>;
  readonly conditions: readonly PickedCondition[];
  readonly selections: readonly Picked[] | null;
}

export interface PickedFragment {
  readonly kind: 'fragment';
  /** `null` = no type condition, which only an inline fragment may do without. */
  readonly on: string | null;
  readonly named: boolean;
  readonly conditions: readonly PickedCondition[];
  readonly selections: readonly Picked[];
}

/** One of the named fragments met before, once more. */
export interface PickedAgain {
  readonly kind: 'again';
  readonly which: number;
  readonly conditions: readonly PickedCondition[];
}

export type Picked = PickedField | PickedFragment | PickedAgain;

/** What a generator picks from a schema; `renderOperation` makes a valid operation of it. */
export interface PickedOperation {
  readonly operation: 'query' | 'mutation';
  readonly selections: readonly Picked[];
}
