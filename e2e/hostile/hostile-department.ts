import type { DepartmentSource, Read } from '../../adapters/shared/source.ts';
import type { Spoil } from './spoil.ts';
import type { Witness } from './witness.ts';

/** What is asked: one of the reads by its name, `register` or `probe`. */
export interface Question {
  readonly name: string;
  /** Places in `PEOPLE`, for a read. */
  readonly asked: readonly number[];
}

/** A real adapter before a department that answers as it likes. */
export interface OpenedDepartment {
  readonly source: DepartmentSource;
  readonly reads: Readonly<Record<string, Read<unknown>>>;
}

export interface HostileDepartment {
  readonly slug: string;
  /** The reads of its port. */
  readonly reads: readonly string[];
  /** What its local ids are, by place in `PEOPLE`. */
  readonly ids: readonly string[];
  /** What can be wrong; what comes twice is tried twice as often. */
  readonly kinds: readonly string[];
  /** Bytes that one read may take at most. */
  readonly mostBytes: number;
  open(question: Question, spoils: readonly Spoil[], witness: Witness): Promise<OpenedDepartment>;
  /** After the last attack. */
  close?(): Promise<void>;
}

/** The reads of a port by their names. */
export function readsOf<Name extends string>(
  source: Readonly<Record<Name, Read<unknown>>>,
  names: readonly Name[],
): OpenedDepartment['reads'] {
  return Object.fromEntries(names.map((name) => [name, source[name]]));
}
