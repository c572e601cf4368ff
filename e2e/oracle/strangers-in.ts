type Path = readonly (string | number)[];

/** Texts of the mock's world begin with the entity that they belong to. */
const MARK = /^([A-Za-z]+:\d+)(\||$)/;

/**
 * Values that stand under another's path: a text whose entity is not the one that stands there in the right answer. Where
 * the right answer has no text it has to be one of those around it.
 */
export function strangersIn(answer: unknown, right: unknown): readonly string[] {
  return textsIn(answer, []).flatMap(({ path, text }) => {
    const owner = MARK.exec(text)?.[1];
    if (owner === undefined) return [];
    const expected = ownersAround(right, path);
    return expected.size === 0 || expected.has(owner)
      ? []
      : [`${path.join('.')}: ${text} among ${[...expected].join()}`];
  });
}

function ownersAround(right: unknown, path: Path): ReadonlySet<string> {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const owners = ownersIn(at(right, path.slice(0, depth)));
    if (owners.size > 0) return owners;
  }
  return new Set();
}

function ownersIn(value: unknown): ReadonlySet<string> {
  return new Set(textsIn(value, []).flatMap(({ text }) => MARK.exec(text)?.[1] ?? []));
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

function textsIn(value: unknown, path: Path): readonly { path: Path; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    textsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
