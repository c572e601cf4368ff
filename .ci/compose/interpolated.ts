/** Compose's own interpolation of variables, as far as docker-compose.yml uses it. */
const PLACE = /\$(?:(?<escaped>\$)|\{(?<name>[A-Z_]+)(?:(?<kind>:-|:\?)(?<rest>[^}]*))?\})/g;

/** `$$`, `${NAME}`, `${NAME:-default}`, `${NAME:?message}` in every text of a value. Throws for one that is required and missing. */
export function interpolated(value: unknown, environment: Readonly<Record<string, string | undefined>>): unknown {
  if (typeof value === 'string') return textOf(value, environment);
  if (Array.isArray(value)) return value.map((one) => interpolated(one, environment));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, interpolated(one, environment)]));
}

function textOf(text: string, environment: Readonly<Record<string, string | undefined>>): string {
  return text.replaceAll(PLACE, (...match) => {
    const { escaped, name = '', kind, rest = '' } = match.at(-1) as Record<string, string | undefined>;
    if (escaped !== undefined) return '$';
    const given = environment[name] ?? '';
    if (given !== '' || kind === undefined) return given;
    if (kind === ':-') return rest;
    throw new Error(`${name}: ${rest || 'is required'}`);
  });
}

/** The variables that a value names, each once. */
export function variablesIn(value: unknown): readonly string[] {
  const found = JSON.stringify(value).matchAll(PLACE);
  return [...new Set([...found].flatMap(({ groups }) => groups?.['name'] ?? []))];
}
