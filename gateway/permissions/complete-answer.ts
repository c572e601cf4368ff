import type { GraphQLFormattedError } from 'graphql';
import { forbiddenFieldError } from './forbidden-field-error.ts';
import { PLACEHOLDER } from './placeholder.ts';
import type { ForbiddenField } from './rewrite-operation.ts';
import { isWitness } from './witnesses.ts';

type Path = readonly (string | number)[];

/**
 * Puts the answer to a rewritten operation back into the shape that was asked for: `null` where a field was taken out,
 * with one FORBIDDEN_FIELD error each that names the path and the missing scopes; without what the hub itself asked.
 */
export function completeAnswer(
  data: unknown,
  forbidden: readonly ForbiddenField[],
): { data: unknown; errors: readonly GraphQLFormattedError[] } {
  const errors: GraphQLFormattedError[] = [];
  return { data: completed(data, []), errors };

  function completed(value: unknown, path: Path): unknown {
    if (Array.isArray(value)) return value.map((item, i) => completed(item, [...path, i]));
    if (typeof value !== 'object' || value === null) return value;
    // Without a prototype, so that a key named __proto__ is a key like any other (case 34).
    const answer: Record<string, unknown> = Object.create(null);
    for (const [key, inner] of Object.entries(value)) {
      if (isWitness(key)) continue;
      const field = forbidden[Number(PLACEHOLDER.exec(key)?.[1] ?? Number.NaN)];
      if (field === undefined) answer[key] = completed(inner, [...path, key]);
      else if (!(field.responseKey in value)) {
        answer[field.responseKey] = null;
        errors.push(forbiddenFieldError(field, [...path, field.responseKey]));
      }
    }
    return answer;
  }
}
