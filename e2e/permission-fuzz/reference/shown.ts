import type { Reason } from './bases.ts';

/** What an answer shows of one person. */
export interface ShownOfPerson {
  readonly visible: boolean;
  /** Fields with a value in the answer. */
  readonly coordinates: Set<string>;
  /** Of which it may depend on the plan whether they have one. */
  readonly perhaps: Set<string>;
  /** Category → the reasons of which the record names one. */
  readonly categories: Map<string, readonly Pick<Reason, 'basis' | 'ground'>[]>;
  /** Referrals of which a field, or a field of a page that holds them, has a value in the answer; by id. */
  readonly referrals: Set<string>;
  /** Root fields under which something about the person stands beside the type `Person`. */
  readonly roots: Set<string>;
  /** By `EMERGENCY`: whether records beyond the jurisdiction are in the answer, or could have been. */
  readonly crosses: { shown: boolean; possible: boolean };
}

/** Who and what is in an answer; what is about nobody, by root field. */
export interface Shown {
  ofPerson(id: string, visible?: boolean): ShownOfPerson;
  /** A field outside the type `Person`, under this root field. */
  beside(root: string, coordinate: string): void;
  readonly persons: ReadonlyMap<string, ShownOfPerson>;
  readonly besides: ReadonlyMap<string, ReadonlySet<string>>;
}

export function nothingShown(): Shown {
  const persons = new Map<string, ShownOfPerson>();
  const besides = new Map<string, Set<string>>();
  return {
    persons,
    besides,
    ofPerson: (id, visible = false) => {
      const known = persons.get(id);
      if (known !== undefined && (known.visible || !visible)) return known;
      const fresh: ShownOfPerson = {
        coordinates: known?.coordinates ?? new Set(),
        perhaps: known?.perhaps ?? new Set(),
        categories: known?.categories ?? new Map(),
        referrals: known?.referrals ?? new Set(),
        roots: known?.roots ?? new Set(),
        crosses: known?.crosses ?? { shown: false, possible: false },
        visible,
      };
      persons.set(id, fresh);
      return fresh;
    },
    beside: (root, coordinate) => void besides.set(root, (besides.get(root) ?? new Set()).add(coordinate)),
  };
}
