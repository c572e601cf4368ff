/** `npm run tokens`: withdraws access tokens before their time. */
import { text } from 'node:stream/consumers';
import { tokenArguments } from './token-arguments.ts';
import { tokenCommand } from './token-command.ts';

const HELP = `npm run tokens -- COMMAND

  revoke --jti JTI                 Withdraws one token, by its jti.
  revoke --stdin                   The same for the token on standard input; it is kept nowhere.
  revoke --subject SUB [--block]   Withdraws every token of a sub that was issued until now; with --block also what is
                                   issued later, until it is lifted. Disable the account at the sign-in service as well.
  lift --jti JTI | --subject SUB   Ends a revocation.
  list                             What is withdrawn now.
  --help

A running hub takes it within 2 s, without a restart, and this command waits until it has; it fails if the hub does not
take it or refuses it. Requests that are being answered are not answered any more.
Environment: STORE_URL as the hub has it. Run it under the hub's account.`;

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});

async function main(args: readonly string[]): Promise<number> {
  const wanted = await tokenArguments(args, async () => text(process.stdin));
  if (wanted === 'help') console.log(HELP);
  else if (wanted === null) console.error(HELP);
  else for (const line of await tokenCommand(wanted, process.env)) console.log(line);
  return wanted === null ? 2 : 0;
}
