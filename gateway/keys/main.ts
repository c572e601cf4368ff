/** `npm run keys`: the keys of grants and assertions, of sealed texts, and of the audit log's checkpoints. */
import { parseArgs } from 'node:util';
import { encryptionKeys, type KeyCommand } from './encryption-keys.ts';
import { newDeployment } from './new-deployment.ts';
import { newSigningKey } from './new-signing-key.ts';
import { subgraphKeys } from './subgraph-keys.ts';

const HELP = `npm run keys -- COMMAND

  derive NAME                Prints the keys of one subgraph that runs alone, as lines for its environment: ASSERTION_KEY,
                             by which it knows the gateway, and GRANT_KEY, by which a department's subgraph opens its own
                             grants. It can make nobody else's. NAME as in the deployment file, e.g. health.
  new-encryption-keys FILE   Makes the file of the keys that wrap the data keys of sensitive texts.
  rotate FILE                Adds a key to it and makes it the current one. A running hub takes it within 10 s and wraps
                             everything with it; where the store is free this is done at once.
  status FILE                Which key is needed by how many persons' texts; while the hub runs, by a copy of its store.
  prune FILE                 Takes out the keys that nothing needs any more. The hub must be stopped.
  new-signing-key [--public FILE]
                             Prints a private key for AUDIT_SIGNING_KEY; adds its public part to a key set, which
                             npm run audit -- verify takes as --keys.
  new-deployment FOLDER      Makes every secret of docker-compose.yml that can be made up, one a file, and leaves those
                             that are there. What it needs besides it has from others: docs/operating.md.
  --help

Environment: of derive GRANT_SECRET and ASSERTION_SECRET as the gateway has them (or GRANT_SECRET_FILE,
ASSERTION_SECRET_FILE), DEPLOYMENT_FILE; of rotate, status, prune STORE_URL. What is printed is secret: write it into a
file that only the hub's, or the subgraph's, account can read.`;

const WITH_FILE: readonly string[] = ['new-encryption-keys', 'rotate', 'status', 'prune'] satisfies KeyCommand[];

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});

async function main(args: readonly string[]): Promise<number> {
  const wanted = readArguments(args);
  if (wanted === null) {
    console.error(HELP);
    return 2;
  }
  const { command, operand, publicFile } = wanted;
  if (command === 'help') console.log(HELP);
  else if (command === 'derive') return derive(operand);
  else if (command === 'new-deployment') for (const name of newDeployment(operand)) console.log(`made ${name}`);
  else if (command === 'new-signing-key') console.log(newSigningKey(publicFile));
  else for (const line of await encryptionKeys(command, operand, process.env)) console.log(line);
  return 0;
}

function derive(name: string): number {
  const { lines, problems } = subgraphKeys(name, process.env);
  for (const problem of problems) console.error(problem);
  for (const line of lines) console.log(line);
  return problems.length === 0 ? 0 : 2;
}

interface Wanted {
  readonly command: KeyCommand | 'derive' | 'new-deployment' | 'new-signing-key' | 'help';
  readonly operand: string;
  readonly publicFile: string | null;
}

/** `null` for what was not understood. */
function readArguments(args: readonly string[]): Wanted | null {
  try {
    const options = { help: { type: 'boolean' }, public: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [command = '', operand = '', ...more] = positionals;
    const publicFile = values.public ?? null;
    if (values.help) return { command: 'help', operand, publicFile };
    if (more.length > 0 || (publicFile !== null && command !== 'new-signing-key')) return null;
    if (command === 'new-signing-key') return operand === '' ? { command, operand, publicFile } : null;
    if (operand === '') return null;
    if (command !== 'derive' && command !== 'new-deployment' && !isKeyCommand(command)) return null;
    return { command, operand, publicFile };
  } catch {
    return null;
  }
}

function isKeyCommand(command: string): command is KeyCommand {
  return WITH_FILE.includes(command);
}
