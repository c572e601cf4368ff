import { parseArgs } from 'node:util';

export const HELP = `npm run audit -- COMMAND [options]

  verify --checkpoints PLACE … --keys FILE
         Compares every chain with what signed checkpoints outside of the store say. Names the first bad record of a chain,
         prints what is not yet anchored. Exit 0 only if all is sound; without a checkpoint nothing can be.
  show   --person ID | --client ID | --subject ID | --trace ID   [--from DAY] [--to DAY]
         Records as JSON lines, read from the chains themselves, oldest first.
  export [--format jsonl|fhir] [--from DAY] [--to DAY] --out FILE
         All records: JSON lines as they are chained, or FHIR R4 AuditEvents after IHE BALP (one a line).
  retire --before DAY --checkpoints PLACE … --keys FILE --out FILE
         Takes records older than DAY (never younger than three years) out of the store, into FILE, if all is sound. At
         each place a signed checkpoint says where each chain goes on. All hubs must be stopped. Needs AUDIT_SIGNING_KEY.

  --checkpoints   file:PATH, folder:PATH or https://…, as AUDIT_CHECKPOINTS has it; not from the store's own machine. May
                  stand several times: verify goes by all of them, and retire must be given those of every gateway
  --keys          public keys as JSON Web Key Set, old ones too: npm run keys -- new-signing-key --public FILE
  --help

Environment: STORE_URL and STORE_PASSWORD, as the hub has them. verify, show and export read a copy of an embedded store,
made for the purpose (in TMPDIR): its file is never opened to be written, and the hub may run meanwhile. Of a MongoDB they
read the database itself, by an account that may only read.`;

interface Search {
  readonly person: string | null;
  readonly client: string | null;
  readonly subject: string | null;
  readonly trace: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

export type Wanted =
  | { readonly command: 'help' }
  | { readonly command: 'verify'; readonly checkpoints: readonly string[]; readonly keys: string }
  | ({ readonly command: 'show' } & Search)
  | {
      readonly command: 'export';
      readonly format: 'jsonl' | 'fhir';
      readonly out: string;
      readonly from: string | null;
      readonly to: string | null;
    }
  | {
      readonly command: 'retire';
      readonly before: string;
      readonly checkpoints: readonly string[];
      readonly keys: string;
      readonly out: string;
    };

const text = { type: 'string' } as const;
const OPTIONS = {
  checkpoints: { type: 'string', multiple: true },
  keys: text,
  person: text,
  client: text,
  subject: text,
  trace: text,
  from: text,
  to: text,
  format: text,
  out: text,
  before: text,
  help: { type: 'boolean' },
} as const;

/** What is wanted, or in words why that is not clear. */
export function readArguments(args: readonly string[]): Wanted | string {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    if (values.help) return { command: 'help' };
    const [command, ...more] = positionals;
    if (command === undefined || more.length > 0) return 'one of verify, show, export, retire is expected';
    return wantedBy(command, values);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

type Values = Partial<Record<Exclude<keyof typeof OPTIONS, 'help' | 'checkpoints'>, string>> & {
  readonly checkpoints?: readonly string[];
};

function wantedBy(command: string, values: Values): Wanted | string {
  const wrongDay = (['from', 'to', 'before'] as const).find(
    (name) => values[name] !== undefined && !isDay(values[name]),
  );
  if (wrongDay !== undefined) return `--${wrongDay}: a day like 2026-03-02 is expected`;
  const { checkpoints, keys, out, from = null, to = null, format = 'jsonl' } = values;
  switch (command) {
    case 'verify':
      if (checkpoints === undefined) return 'verify needs --checkpoints PLACE: without one nothing can be verified';
      return keys === undefined ? 'verify needs --keys FILE' : { command, checkpoints, keys };
    case 'show': {
      const { person = null, client = null, subject = null, trace = null } = values;
      const none = [person, client, subject, trace].every((one) => one === null);
      return none
        ? 'show needs --person, --client, --subject or --trace'
        : { command, person, client, subject, trace, from, to };
    }
    case 'export':
      if (format !== 'jsonl' && format !== 'fhir') return '--format: jsonl or fhir is expected';
      return out === undefined ? 'export needs --out FILE' : { command, format, out, from, to };
    case 'retire':
      return retirement(values);
    default:
      return `there is no command ${command}`;
  }
}

function retirement({ before, checkpoints, keys, out }: Values): Wanted | string {
  if (before === undefined || checkpoints === undefined || keys === undefined || out === undefined)
    return 'retire needs --before DAY, --checkpoints PLACE, --keys FILE and --out FILE';
  return { command: 'retire', before, checkpoints, keys, out };
}

function isDay(day: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));
}
