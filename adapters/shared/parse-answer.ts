import type { z } from 'zod';
import { invalidAnswer } from './source-error.ts';

/**
 * Parses what a department answered. Throws SOURCE_INVALID whose cause says where it did not fit, with nothing of the
 * answer in it but its field names.
 */
export function parseAnswer<T>(source: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidAnswer(source, misfitOf(parsed.error));
}

const MOST_ISSUES = 5;

/** Where and how a value did not fit its schema, without the value: `entry.0.id: invalid_type`. The first few places. */
export function misfitOf({ issues }: z.ZodError): string {
  const shown = issues
    .slice(0, MOST_ISSUES)
    .map(({ path, code }) => `${path.map(String).join('.') || '(whole)'}: ${code}`);
  if (issues.length > MOST_ISSUES) shown.push(`${issues.length - MOST_ISSUES} more`);
  return shown.join('; ');
}

/** Parses JSON text. Bytes must be valid UTF-8; a byte order mark is skipped. Throws SOURCE_INVALID. */
export function parseJson<T>(source: string, json: string | Uint8Array, schema: z.ZodType<T>): T {
  return parseAnswer(source, schema, jsonOf(source, json));
}

function jsonOf(source: string, json: string | Uint8Array): unknown {
  try {
    const text =
      typeof json === 'string' ? json.replace(/^\uFEFF/, '') : new TextDecoder('utf-8', { fatal: true }).decode(json);
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which may be about a person.
    throw invalidAnswer(source, 'not JSON in UTF-8');
  }
}
