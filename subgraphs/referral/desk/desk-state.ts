import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const stateSchema = z.strictObject({
  department: z.string(),
  /** In the hub's feed. */
  changes: z.string().nullable(),
  /** In the department's answers. */
  answers: z.string().nullable(),
});

/** How far a desk has come in both directions. Everything behind it may be done again without a second effect. */
export type DeskState = z.infer<typeof stateSchema>;

/** From the beginning where there is no file. Throws in words for one that is not this department's. */
export function readDeskState(file: string, department: string): DeskState {
  if (!existsSync(file)) return { department, changes: null, answers: null };
  const parsed = stateSchema.safeParse(json(readFileSync(file, 'utf8')));
  if (!parsed.success)
    throw new Error(`${file}: is no state of a desk; without it the desk begins anew, and nothing is done twice`);
  if (parsed.data.department !== department)
    throw new Error(`${file}: belongs to the desk of ${parsed.data.department}; name another by DESK_STATE`);
  return parsed.data;
}

/** In one step: a crash leaves the old state or the new one. */
export function keepDeskState(file: string, state: DeskState): void {
  mkdirSync(dirname(file), { recursive: true });
  const next = `${file}.new`;
  const handle = openSync(next, 'w', 0o600);
  writeSync(handle, `${JSON.stringify(state)}\n`);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(next, file);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
