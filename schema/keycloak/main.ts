/** `npm run realm`: writes the Keycloak realm that the schema asks for, and compares a running one with it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readClients, readHubScopes } from '../clients.ts';
import { departmentsOf, readDeployment } from '../departments.ts';
import { cityClients } from './city-clients.ts';
import { loopbackSignOuts } from './loopback-sign-outs.ts';
import { groupsWithoutScopes } from './realm-groups.ts';
import { realm } from './realm.ts';
import { realmDifference } from './realm-difference.ts';
import { issuerOf, runningRealm } from './running-realm.ts';

const HELP = `npm run realm [-- --check]
npm run realm -- --clients FILE --out FILE
npm run realm -- diff --url URL [--realm care] [--clients FILE]

Writes schema/keycloak/realm.json, for Keycloak's import, from the scopes of the schema (schema/scopes.json, the data
categories in schema/deployment.json) and schema/clients.json: client scopes, roles, groups a department and division,
clients with their service accounts, mappers, keys, lifetimes. No people, no secrets: Keycloak makes up the secrets.
A department's group gives what all "people" of that department in the clients file hold; a warning names one that gives
nothing.

  --clients the city's own clients (CLIENTS_FILE of the gateways) in place of schema/clients.json
  --out     where the realm is written, in place of schema/keycloak/realm.json
  --check   writes nothing; fails if what is committed is not what would be written
  diff      tells, a line each, what the realm of a running Keycloak lacks (-) and has too much of (+); exit code 1 if
            there is anything. It changes nothing. Compared is everything by which somebody gets rights: scopes, roles
            and the roles in them, clients, service accounts, groups, user profile, identity providers, directories of
            people, keys, lifetimes. Not compared, because it is the operator's: people and what each of them holds,
            which divisions have a group, secrets, redirect addresses, the steps of a sign-in; nor Keycloak's own
            clients, of which the hub takes no token. A hint tells where sign-outs would not reach the hub.
  --url     Keycloak's own address, e.g. http://127.0.0.1:8081: what asks is Keycloak's operator, whom a proxy before the
            city does not let through
  --realm   the realm's name (care)
  --help

Environment of diff: KEYCLOAK_ADMIN_USERNAME, KEYCLOAK_ADMIN_PASSWORD, of an account that may manage the realm.`;

const COMMITTED = fileURLToPath(new URL('./realm.json', import.meta.url));

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 2;
});

async function main(): Promise<number> {
  const asked = readArguments();
  if (asked === null) return 2;
  const { values, positionals } = asked;
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (positionals[0] === 'diff') return diff(values);
  const { clients, out = COMMITTED } = values;
  if (clients !== undefined && out === COMMITTED)
    throw new Error('--clients needs --out: realm.json here is of no city.');
  const text = `${JSON.stringify(wanted(clients), null, 2)}\n`;
  return values.check ? check(out, text) : write(out, text);
}

function readArguments() {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  const options = { check: flag, help: flag, url: text, realm: text, clients: text, out: text } as const;
  try {
    const read = parseArgs({ options, allowPositionals: true });
    const [command, ...more] = read.positionals;
    if (more.length > 0 || (command !== undefined && command !== 'diff')) throw new Error('That is not understood.');
    return read;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return null;
  }
}

function wanted(clients: string | undefined) {
  const made = realm({
    clients: clients === undefined ? readClients() : cityClients(clients),
    hubScopes: readHubScopes(),
    departments: departmentsOf(readDeployment()),
  });
  for (const group of groupsWithoutScopes(made.groups))
    console.error(
      `Warning: the group ${group} gives its workers no scope: "people" of the clients file has nobody of that department, or nothing that all of them hold. Give it one entry with the scopes of every worker there (docs/operating.md).`,
    );
  return made;
}

interface DiffOptions {
  readonly url?: string;
  readonly realm?: string;
  readonly clients?: string;
}

async function diff({ url, realm: name = 'care', clients }: DiffOptions): Promise<number> {
  const { KEYCLOAK_ADMIN_USERNAME: username, KEYCLOAK_ADMIN_PASSWORD: password } = process.env;
  if (url === undefined || username === undefined || password === undefined) {
    console.error('diff needs --url, KEYCLOAK_ADMIN_USERNAME and KEYCLOAK_ADMIN_PASSWORD.');
    return 2;
  }
  const options = { url, realm: name, username, password };
  const running = await runningRealm(options);
  const { lacks, beyond } = realmDifference(wanted(clients), running);
  for (const fact of lacks) console.log(`- ${fact}`);
  for (const fact of beyond) console.log(`+ ${fact}`);
  const count = lacks.length + beyond.length;
  console.log(
    count === 0 ? `The realm ${name} is as the schema asks.` : `${lacks.length} lacking, ${beyond.length} too much.`,
  );
  for (const address of loopbackSignOuts(running, [url, await issuerOf(options)]))
    console.log(
      `Hint: Keycloak tells ${address} of sessions that end, which is its own machine: set the backchannel logout URL of the client to the hub's (docs/operating.md).`,
    );
  return count === 0 ? 0 : 1;
}

function check(file: string, text: string): number {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return 0;
  console.error(`${relative('', file)} is not what the schema asks for: run npm run realm and commit it`);
  return 1;
}

function write(file: string, text: string): number {
  writeFileSync(file, text);
  console.log(`wrote ${relative('', file)}`);
  return 0;
}
