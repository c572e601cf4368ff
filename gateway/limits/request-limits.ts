import { Lexer, Source, TokenKind } from 'graphql';
import { type Limit, LIMITS } from './limits.ts';

/** The limit that a request's body breaks before anything of it is parsed as GraphQL; `null` = none. */
export function brokenLimit(body: unknown): Limit | null {
  if (Array.isArray(body)) return 'batch';
  if (typeof body !== 'object' || body === null) return null;
  if ('query' in body && typeof body.query === 'string' && hasMoreTokens(body.query, LIMITS.tokens)) return 'tokens';
  return isDeeper(body, LIMITS.variablesDepth + 1) ? 'variablesDepth' : null;
}

/** The same for a GET, whose JSON stands in the query string as text. */
export function brokenLimitOfGet(parameters: unknown): Limit | null {
  if (typeof parameters !== 'object' || parameters === null) return null;
  return brokenLimit(Object.fromEntries(Object.entries(parameters).map(([name, text]) => [name, jsonOf(name, text)])));
}

function jsonOf(name: string, text: unknown): unknown {
  if (typeof text !== 'string' || (name !== 'variables' && name !== 'extensions')) return text;
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: Apollo Server says so better.
    return null;
  }
}

function hasMoreTokens(query: string, limit: number): boolean {
  const lexer = new Lexer(new Source(query));
  try {
    for (let count = 0; count <= limit; count += 1) if (lexer.advance().kind === TokenKind.EOF) return false;
    return true;
  } catch {
    // Not GraphQL: the parser says so better.
    return false;
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}
