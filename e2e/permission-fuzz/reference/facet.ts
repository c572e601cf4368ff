import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';
import type { PersonFacts } from '../world/facts.ts';
import { type Decision, seenOf, type SeenCategory } from './decision.ts';
import type { DEPARTMENTS } from './departments.ts';
import { anything, oneOf } from './marks.ts';
import { type Node, plain, refused, type Walk } from './nodes.ts';
import { isInJurisdiction } from './jurisdiction.ts';

type Department = (typeof DEPARTMENTS)[number];

export interface Seen {
  readonly person: PersonFacts;
  readonly decision: Decision;
  readonly note: Node['note'];
}

/** As of when the departments' records are. */
export const AS_OF = '2026-11-20T03:00:00.000Z';

/** An event of a record, for a facet or the timeline; whoever has it in the answer has seen the category. */
export interface Event {
  readonly date: string;
  readonly department: string;
  readonly category: string;
}

export const eventNode = ({ date, department, category }: Event, { note, walk, id }: EventOf): Node => {
  walk.noteCategory(id, category);
  return plain({ date, department, category, code: anything(), title: anything() }, note);
};

interface EventOf {
  readonly note: Node['note'];
  readonly walk: Noting;
  readonly id: string;
}

export interface Noting extends Walk {
  /** The answer shows something of this category. */
  readonly noteCategory: (personId: string, category: string) => void;
}

export const grantedOf = ({ slug, categories }: Department, { reasons }: Decision): readonly string[] =>
  Object.keys(categories)
    .map((name) => `${slug}:${name}`)
    .filter((category) => reasons.has(category));

/** Everything granted of one department: its categories, and the events of their records, newest first. */
export function facetOf(department: Department, seen: Seen, walk: Noting): Node {
  const { person, decision, note } = seen;
  const granted = grantedOf(department, decision);
  if (granted.length === 0) throw refused('NO_BASIS');
  const read = new Map(granted.map((category) => [category, seenIn(category, seen, walk)]));
  const ofCategories = Object.entries(department.categories).map(([name, field]) => {
    const category = `${department.slug}:${name}`;
    return [
      field,
      () => {
        const one = read.get(category);
        if (one === undefined) throw refused('NO_BASIS');
        walk.noteCategory(person.id, category);
        noteCrossing(category, seen, walk);
        return one.rows.map(({ fields }) => plain(fields, note));
      },
    ] as const;
  });
  return {
    note,
    fields: {
      ...Object.fromEntries(ofCategories),
      source: (_args: unknown, info: GraphQLResolveInfo) => sourceOf(department, { read, info, seen, walk }),
      events: () => eventsOf(department, seen, walk).map((event) => eventNode(event, { note, walk, id: person.id })),
      truncatedBefore: null,
    },
  };
}

export function eventsOf(department: Department, seen: Seen, walk: Walk): readonly Event[] {
  return grantedOf(department, seen.decision)
    .flatMap((category) =>
      seenIn(category, seen, walk).rows.map(({ date }) => ({ date, department: department.code, category })),
    )
    .sort((a, b) => (a.date < b.date ? 1 : -1));
}

function seenIn(category: string, { person, decision }: Seen, { asking, world }: Walk): SeenCategory {
  return seenOf(category, { reasons: decision.reasons.get(category) ?? [], person, asking, world });
}

/** "Says so in the record": records of a unit beyond the jurisdiction are in the answer. */
function noteCrossing(category: string, { person, decision }: Seen, { asking, shown, world }: Walk): void {
  const opened = (decision.reasons.get(category) ?? []).some(({ basis }) => basis === 'EMERGENCY');
  const beyond = person.links.some(
    ({ localId, division, undone }) =>
      !undone && (world.records[category]?.[localId]?.length ?? 0) > 0 && !isInJurisdiction(division, asking),
  );
  if (opened && beyond) shown.ofPerson(person.id).crosses.shown = true;
}

/**
 * `CURRENT` where somebody is known there; by which of the granted categories it is told may hang on which were asked,
 * and on what the plan asked with them.
 */
function sourceOf(
  department: Department,
  {
    read,
    info,
    seen,
    walk,
  }: { read: ReadonlyMap<string, SeenCategory>; info: GraphQLResolveInfo; seen: Seen; walk: Walk },
): Node {
  const all = [...read.values()].some(({ known }) => known);
  const some = all && asksCategories(department, info);
  const { perhaps } = walk.shown.ofPerson(seen.person.id);
  const note: Node['note'] = (coordinate, value) =>
    void (some && coordinate === 'FacetSource.asOf' ? perhaps.add(coordinate) : seen.note(coordinate, value));
  return plain(
    {
      department: department.code,
      asOf: some ? oneOf(AS_OF, 'null') : all ? AS_OF : null,
      status: some ? oneOf('CURRENT', 'NOT_KNOWN') : all ? 'CURRENT' : 'NOT_KNOWN',
    },
    note,
  );
}

/** Does the operation ask for a category of this facet beside its source, anywhere that may be merged with it? */
function asksCategories({ categories }: Department, { operation, fragments }: GraphQLResolveInfo): boolean {
  const fields = new Set(Object.values(categories));
  const asks = (set: SelectionSetNode | undefined): boolean =>
    (set?.selections ?? []).some((one) => {
      if (one.kind !== Kind.FIELD) return one.kind === Kind.INLINE_FRAGMENT && asks(one.selectionSet);
      return fields.has(one.name.value) || asks(one.selectionSet);
    });
  return asks(operation.selectionSet) || Object.values(fragments).some(({ selectionSet }) => asks(selectionSet));
}
