import type { Picked, PickedOperation, PickedValue } from './picked-operation.ts';

/**
 * The smallest operation that still fails, by taking away one thing after the other: selections, the shell of a
 * fragment, conditions, aliases, arguments, variables. Beside fast-check's own shrinking, which does not know that a
 * tree may lose a level.
 */
export async function shrinkOperation(
  failing: PickedOperation,
  fails: (candidate: PickedOperation) => Promise<boolean>,
  { maxTries = 2_000 } = {},
): Promise<PickedOperation> {
  let smallest = failing;
  let tries = 0;
  for (let found = true; found && tries < maxTries;) {
    found = false;
    for (const selections of smallerLists(smallest.selections)) {
      if (selections.length === 0 || (tries += 1) > maxTries) continue;
      const candidate = { ...smallest, selections };
      // What lost the type that it was written for is no operation any more.
      if (!(await fails(candidate).catch(() => false))) continue;
      smallest = candidate;
      found = true;
      break;
    }
  }
  return smallest;
}

function* smallerLists(list: readonly Picked[]): Generator<readonly Picked[]> {
  for (const [i, one] of list.entries()) {
    const replaced = (...by: readonly Picked[]) => [...list.slice(0, i), ...by, ...list.slice(i + 1)];
    yield replaced();
    if (one.kind === 'fragment') yield replaced(...one.selections);
    for (const smaller of smallerOnes(one)) yield replaced(smaller);
  }
}

function* smallerOnes(one: Picked): Generator<Picked> {
  for (const i of one.conditions.keys()) yield { ...one, conditions: one.conditions.toSpliced(i, 1) };
  if (one.kind === 'again') return;
  for (const selections of smallerLists(one.selections ?? [])) if (selections.length > 0) yield { ...one, selections };
  if (one.kind === 'fragment') {
    if (one.named) yield { ...one, named: false };
    return;
  }
  if (one.alias !== null) yield { ...one, alias: null };
  for (const [name, value] of Object.entries(one.args)) {
    const { [name]: _, ...others } = one.args;
    yield { ...one, args: others };
    for (const smaller of smallerValues(value)) yield { ...one, args: { ...one.args, [name]: smaller } };
  }
}

function* smallerValues(value: PickedValue): Generator<PickedValue> {
  if (value.kind === 'variable') {
    const constant = value.given ?? value.byDefault;
    if (constant !== null) yield { kind: 'constant', value: constant.value };
  } else if (value.kind === 'list') {
    for (const i of value.items.keys()) yield { ...value, items: value.items.toSpliced(i, 1) };
  } else if (value.kind === 'object') {
    for (const name of Object.keys(value.fields)) {
      const { [name]: _, ...fields } = value.fields;
      yield { ...value, fields };
    }
  }
}
