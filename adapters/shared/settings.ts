import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { doorUrlFault } from './door-url.ts';
import { type Environment, inProduction, runModeFault } from './run-mode.ts';
import { type SecretKind, weakSecretFault } from './weak-secret.ts';

/** One environment variable: how it is parsed, what it is for. Secrets may also come from a file named by `<NAME>_FILE`. */
export interface Setting<T> {
  readonly schema: z.ZodType<T, string | undefined>;
  readonly description: string;
  /** What the documentation shows as default; the default itself stands in the schema. */
  readonly shown?: string;
  /** Not to be shown; who made it says how strong it must be in production. */
  readonly secret?: SecretKind;
  /** What is wrong with a value under NODE_ENV=production only. */
  inProduction?(value: T): string | null;
}

/** A declared table of environment variables, by name. */
export type SettingsTable = Readonly<Record<string, Setting<unknown>>>;
export type Settings<T extends SettingsTable> = {
  readonly [K in keyof T]: T[K] extends { readonly schema: z.ZodType<infer V, string | undefined> } ? V : never;
};
/** Has been reported; that the value is missing then needs no second line. */
const UNREADABLE = Symbol('unreadable');

/**
 * Reads one table. Nothing is thrown: every problem is a line that names the variable, what is wrong and what it should
 * be, so that a start can report all of them at once. `values` may be used only when `problems` is empty.
 */
export function readSettings<T extends SettingsTable>(
  table: T,
  environment: Environment,
): { values: Settings<T>; problems: readonly string[] } {
  const modeFault = runModeFault(environment);
  const problems: string[] = modeFault === null ? [] : [modeFault];
  if (Object.values(table).some(({ secret }) => secret !== undefined)) keepOutOfReports();
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(table)) {
    const raw = rawValue(name, setting, environment, problems);
    if (raw === UNREADABLE) continue;
    const parsed = setting.schema.safeParse(raw === '' ? undefined : raw);
    if (parsed.success) {
      values[name] = parsed.data;
      const fault = inProduction(environment) ? productionFault(setting, raw, parsed.data) : null;
      if (fault !== null) problems.push(`${name}: ${fault} (${setting.description})`);
    } else problems.push(`${name}: ${parsed.error.issues[0]?.message ?? 'invalid'} (${setting.description})`);
  }
  return { values: values as Settings<T>, problems };
}

/** A process with secrets in its environment writes no environment into the report of its crash. */
function keepOutOfReports(): void {
  process.report.excludeEnv = true;
}

function productionFault({ secret, inProduction }: Setting<unknown>, raw: string | undefined, value: unknown) {
  const weak = secret !== undefined && raw ? weakSecretFault(raw, secret) : null;
  return weak ?? inProduction?.(value) ?? null;
}

function rawValue(name: string, setting: Setting<unknown>, environment: Environment, problems: string[]) {
  const file = environment[`${name}_FILE`] || undefined;
  if (!setting.secret || file === undefined) return environment[name];
  if (environment[name]) problems.push(`${name}: given twice, also as ${name}_FILE; keep one`);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    problems.push(`${name}_FILE: the file cannot be read`);
    return UNREADABLE;
  }
}

/** Schemas that settings are made of. */
export const setting = {
  url: (fallback?: string) => withDefault(z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }), fallback),
  /** The address of a department's HTTP service, by the rules of its door. */
  doorUrl: (): z.ZodType<string, string | undefined> =>
    z
      .string()
      .optional()
      .transform((address = '', context) => {
        const message = doorUrlFault(address);
        if (message === null) return address.trim();
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      }),
  /** A key or token that travels in a header. */
  headerText: () =>
    z
      .string({ error: 'is required' })
      .regex(/^[!-~](?:[ -~]*[!-~])?$/, 'must be printable ASCII characters on one line'),
  text: (fallback?: string) => withDefault(z.string({ error: 'is required' }).min(1), fallback),
  /** Whole number from a decimal string. */
  integer: ({ min, max, fallback }: { min: number; max: number; fallback?: number }) =>
    withDefault(
      z
        .string({ error: 'is required' })
        .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
        .transform(Number)
        .refine((n) => n >= min && n <= max, `must be a whole number from ${min} to ${max}`),
      fallback?.toString(),
    ),
  oneOf: <const V extends string>(choices: readonly [V, ...V[]], fallback?: V) =>
    withDefault(z.enum(choices, { error: `must be one of ${choices.join(', ')}` }), fallback),
};

/** A department's `<NAME>_TIMEOUT_MS`. */
export const timeoutSetting = (description: string): Setting<number> => ({
  schema: setting.integer({ min: 100, max: 60_000, fallback: 3_000 }),
  description: `${description}, in milliseconds`,
  shown: '3000',
});

function withDefault<T>(schema: z.ZodType<T, string>, fallback: string | undefined): z.ZodType<T, string | undefined> {
  return fallback === undefined
    ? schema
    : z
        .string()
        .optional()
        .transform((value) => value ?? fallback)
        .pipe(schema);
}
