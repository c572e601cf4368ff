import { parseArgs } from 'node:util';
import { jtiOf } from './jti-of.ts';
import type { TokenCommand } from './token-command.ts';

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean' } as const;

/** What is asked for; `null` for what was not understood. */
export async function tokenArguments(
  args: readonly string[],
  input: () => Promise<string>,
): Promise<TokenCommand | 'help' | null> {
  const options = { jti: TEXT, subject: TEXT, stdin: FLAG, block: FLAG, help: FLAG } as const;
  const { values, positionals } = parsed(args, options) ?? { values: {}, positionals: ['?'] };
  const { jti, subject, stdin = false, block = false, help = false } = values;
  if (help) return 'help';
  const [command = '', ...more] = positionals;
  const named = [jti !== undefined, subject !== undefined, stdin].filter(Boolean).length;
  if (command === 'list') return named === 0 && !block && more.length === 0 ? { do: 'list' } : null;
  if (!(command === 'revoke' || command === 'lift') || named !== 1 || more.length > 0) return null;
  if (block && (command === 'lift' || subject === undefined)) return null;
  if (subject !== undefined) return { do: command, kind: 'SUBJECT', value: subject, later: block };
  return { do: command, kind: 'TOKEN', value: jti ?? jtiOf(await input()), later: false };
}

function parsed<T extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    return null;
  }
}
