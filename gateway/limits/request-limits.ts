import { Lexer, Source, TokenKind } from 'graphql';
import { type Limit, LIMITS } from './limits.ts';

/** The limit that a request's body breaks by its shape alone; `null` = none. */
export function brokenByShape(body: unknown): Limit | null {
  if (Array.isArray(body)) return 'batch';
  return isDeeper(body, LIMITS.variablesDepth + 1) ? 'variablesDepth' : null;
}

/** The limit that a query's text breaks before it is parsed; `null` = none. */
export function brokenByText(query: string): Limit | null {
  return hasMoreTokens(query, LIMITS.tokens) ? 'tokens' : null;
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
