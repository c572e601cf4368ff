import type { GraphQLFormattedError } from 'graphql';
import type { AbsentFields } from '../absent-fields.ts';
import type { Answered } from '../own.ts';
import { MAX_ERRORS } from '../run.ts';
import type { Shows, ShownNotes } from './shown-notes.ts';

/** An answer that is being completed. */
export interface Completing {
  /** Response keys from the root to the object or list at hand. */
  readonly path: (string | number)[];
  /** Where a value did not fit the schema, or was null where it may not be. */
  readonly misfits: (readonly (string | number)[])[];
  /** One each for fields that the caller may not read. */
  readonly forbidden: GraphQLFormattedError[];
  readonly shown: ShownNotes | null;
  /** Answers of `__schema` and `__type`, by response key. */
  readonly introspection: Readonly<Answered>;
  readonly absent: Pick<AbsentFields, 'has'>;
  /** Whether texts of subgraphs passed through. */
  passed: boolean;
}

/**
 * Completes a value under a key of the path. `undefined` = null where the type does not allow it: the object or list
 * around it is null then (GraphQL 6.4.4).
 */
export type Complete = (value: unknown, at: Completing, key: string | number) => unknown;

/** Puts one field of an object into its completed form. False = the whole object is null. */
export type CompleteField = (source: Answered, completed: Answered, at: Completing) => boolean;

/** A field that stands in the answer under the key that subgraphs answered it by. */
export interface PlainField {
  readonly key: string;
  readonly complete: Complete;
  /** What the audit notes where it has a value. */
  readonly shows: Shows | null;
}

/** What an object of one type is completed by. */
export interface CompiledFields {
  readonly fields: readonly CompleteField[];
  /** The same where all of them are plain: the object may be the answer as it is. */
  readonly plain: readonly PlainField[] | null;
}

export function misfit(at: Completing, key: string | number): null {
  noteOneOf(at.misfits, () => [...at.path, key]);
  return null;
}

/** Notes one more; past the most errors that an answer may have it takes no memory, and stands for those before it. */
export function noteOneOf<T>(noted: T[], make: () => T): void {
  const last = noted[MAX_ERRORS];
  noted.push(last ?? make());
}
