import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Json } from '../store/port.ts';
import type { Spool } from './port.ts';

const lineSchema = z.union([
  z.object({ kind: z.string(), id: z.string(), at: z.string(), data: z.custom<Json>() }),
  z.object({ done: z.string() }),
]);

interface Waiting {
  readonly kind: string;
  readonly id: string;
  readonly at: string;
  readonly data: Json;
}

/** The spool over one file of JSON lines, mode 0600: a line is on the disk before `write` resolves. */
export function openSpool(file: string, { clock = Date.now }: { clock?: () => number } = {}): Spool {
  mkdirSync(dirname(file), { recursive: true });
  const waiting = new Map(waitingIn(file).map((entry) => [entry.id, entry]));
  rewrite(file, [...waiting.values()]);
  const handle = openSync(file, 'a', 0o600);
  let torn = false;
  const add = (line: object) => {
    // A line that a full disk cut off must not swallow the next one.
    const text = `${torn ? '\n' : ''}${JSON.stringify(line)}\n`;
    torn = true;
    writeSync(handle, text);
    fsyncSync(handle);
    torn = false;
  };
  return {
    write: async ({ kind, id, data }) => {
      if (waiting.has(id)) return;
      const entry = { kind, id, at: new Date(clock()).toISOString(), data };
      add(entry);
      waiting.set(id, entry);
    },
    done: async (id) => {
      if (!waiting.delete(id)) return;
      add({ done: id });
    },
    pending: (kind) => [...waiting.values()].filter((entry) => entry.kind === kind),
    close: async () => closeSync(handle),
  };
}

/** A line that a crash cut off was never acknowledged. */
function waitingIn(file: string): readonly Waiting[] {
  if (!existsSync(file)) return [];
  const waiting = new Map<string, Waiting>();
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    const line = lineSchema.safeParse(jsonOf(text));
    if (!line.success) continue;
    if ('done' in line.data) waiting.delete(line.data.done);
    else waiting.set(line.data.id, line.data);
  }
  return [...waiting.values()];
}

/** At the start what is done is left out; the old file stands until the new one is whole. */
function rewrite(file: string, entries: readonly Waiting[]): void {
  const fresh = `${file}.new`;
  writeFileSync(fresh, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), { mode: 0o600, flush: true });
  renameSync(fresh, file);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
