/** `npm run keys`: what a subgraph that runs alone is given instead of the hub's secrets. */
import { parseArgs } from 'node:util';
import { subgraphKeys } from './subgraph-keys.ts';

const HELP = `npm run keys -- derive NAME

Prints the keys of one subgraph that runs alone, as lines for its environment: ASSERTION_KEY, by which it knows the
gateway, and GRANT_KEY, by which a department's subgraph opens its own grants. It can make nobody else's.

  NAME     as in the deployment file, e.g. health
  --help

Environment: GRANT_SECRET and ASSERTION_SECRET as the gateway has them (or GRANT_SECRET_FILE, ASSERTION_SECRET_FILE),
DEPLOYMENT_FILE. What is printed is secret: write it into a file that only the subgraph's account can read.`;

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  const wanted = readArguments(args);
  if (wanted === 'help') console.log(HELP);
  if (wanted === 'help') return 0;
  if (wanted === null) console.error(HELP);
  if (wanted === null) return 2;
  const { lines, problems } = subgraphKeys(wanted, process.env);
  for (const problem of problems) console.error(problem);
  for (const line of lines) console.log(line);
  return problems.length === 0 ? 0 : 2;
}

/** The subgraph's name, `'help'`, or `null` for what was not understood. */
function readArguments(args: readonly string[]): string | null {
  try {
    const options = { help: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [command, name, ...more] = positionals;
    if (values.help) return 'help';
    return command === 'derive' && name !== undefined && more.length === 0 ? name : null;
  } catch {
    return null;
  }
}
