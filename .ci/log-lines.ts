/** What the hub's code says in its log, read from the code: each call of a log, its level and its words. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface LogLine {
  readonly file: string;
  /** More than one where the level depends on what happened. */
  readonly levels: readonly string[];
  /** `null` = its words are not written at the call. */
  readonly message: string | null;
}

const root = fileURLToPath(new URL('../', import.meta.url));
const CALL = /\blog\??\.(?:(info|warn|error)|\[(.+?)\])\(|\blog\[(.+?)\]\(/g;
const TESTS = /\.(test|fixture|contract|stack)\.ts$|\bfake\b/;

/** All calls in gateway, adapters and subgraphs. */
export function logLines(): readonly LogLine[] {
  const files = globSync(['gateway/**/*.ts', 'adapters/**/*.ts', 'subgraphs/**/*.ts'], { cwd: root });
  return files
    .filter((file) => !TESTS.test(file))
    .flatMap((file) => linesOf(readFileSync(join(root, file), 'utf8'), file));
}

export function linesOf(source: string, file: string): readonly LogLine[] {
  return [...source.matchAll(CALL)].flatMap(({ 0: { length }, 1: level, 2: chosen, 3: indexed, index }) => {
    const levels = level === undefined ? levelsIn(chosen ?? indexed ?? '') : [level];
    const call = upToItsEnd(source.slice(index + length));
    const said = /'((?:[^'\\]|\\.)*)',?\s*$/.exec(call)?.[1];
    if (said !== undefined) return [{ file, levels, message: said }];
    const name = /(\w+),?\s*$/.exec(call)?.[1];
    const given = [...source.matchAll(new RegExp(`\\b${name}: '([^']+)'`, 'g'))];
    return given.length > 0
      ? given.map(([, message = '']) => ({ file, levels, message }))
      : [{ file, levels, message: null }];
  });
}

/** Of `kind === 'X' ? 'warn' : 'error'`; a variable may be any. */
function levelsIn(choice: string): readonly string[] {
  const named = ['info', 'warn', 'error'].filter((level) => choice.includes(`'${level}'`));
  return named.length > 0 ? named : ['warn', 'error'];
}

/** The arguments of a call. */
function upToItsEnd(text: string): string {
  let depth = 1;
  for (const { 0: part, index } of text.matchAll(/'(?:[^'\\]|\\.)*'|`[^`]*`|[()]/g)) {
    if (part === '(') depth += 1;
    else if (part === ')') depth -= 1;
    if (depth === 0) return text.slice(0, index);
  }
  return text;
}
