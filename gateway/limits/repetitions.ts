import { type DocumentNode, type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

/** More merged selections than any document within the other limits needs looked at, unless it is made for that. */
const MOST_LOOKS = 8_000;

/**
 * How many pairs of selections stand under one key in one place, fields that merge taken together and fragments where
 * they are spread: what validation compares, each with each (specification 5.3.2). Two spreads in one place are a pair as
 * well. `Infinity` = too many to count.
 */
export function repetitions(document: DocumentNode): number {
  const mergedOf = mergedSelections(document);
  const places = placesOnce();
  const waiting = document.definitions.flatMap((one) => ('selectionSet' in one ? [[one.selectionSet]] : []));
  let pairs = 0;
  let looks = 0;
  for (let sets = waiting.pop(); sets !== undefined; sets = waiting.pop()) {
    if (!places.isNew(sets)) continue;
    const { fields, spreads, looked } = mergedOf(sets);
    looks += looked;
    pairs += pairsOf(spreads);
    for (const nodes of fields.values()) {
      pairs += pairsOf(nodes.length);
      const inside = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      if (inside.length > 0) waiting.push(inside);
    }
    if (looks > MOST_LOOKS) return Infinity;
  }
  return pairs;
}

const pairsOf = (count: number) => (count * (count - 1)) / 2;

/** The fields of one place by their keys, how many fragments are spread there, and how much there was to look at. */
function mergedSelections({ definitions }: DocumentNode) {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);

  return (sets: readonly SelectionSetNode[]) => {
    const fields = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    let looked = 0;
    const add = ({ selections }: SelectionSetNode): void => {
      looked += selections.length;
      for (const node of selections) {
        if (node.kind === Kind.FIELD) addField(node);
        else if (node.kind === Kind.INLINE_FRAGMENT) add(node.selectionSet);
        else addSpread(node.name.value);
      }
    };
    const addField = (node: FieldNode) => {
      const key = node.alias?.value ?? node.name.value;
      const before = fields.get(key);
      if (before === undefined) fields.set(key, [node]);
      else before.push(node);
    };
    const addSpread = (name: string) => {
      const fragment = fragments.get(name);
      if (fragment === undefined || spread.has(name)) return;
      spread.add(name);
      add(fragment.selectionSet);
    };
    sets.forEach(add);
    return { fields, spreads: spread.size, looked };
  };
}

/** Tells whether the same selection sets came together before: then all below is counted, and a circle ends. */
function placesOnce() {
  const numbers = new Map<SelectionSetNode, number>();
  const seen = new Set<string>();
  const numberOf = (set: SelectionSetNode) => {
    const number = numbers.get(set) ?? numbers.size;
    numbers.set(set, number);
    return number;
  };
  return {
    isNew: (sets: readonly SelectionSetNode[]) => seen.size < seen.add(sets.map(numberOf).join()).size,
  };
}
