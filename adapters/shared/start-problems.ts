import { type ReadTable, repeatedSecrets } from './repeated-secrets.ts';
import { type Environment, inProduction } from './run-mode.ts';

/** All that is wrong with what a program read from its tables, each once, and with what the tables have in common. */
export function startProblems(
  read: readonly (ReadTable & { readonly problems: readonly string[] })[],
  environment: Environment,
): readonly string[] {
  const repeated = inProduction(environment) ? repeatedSecrets(read) : [];
  return [...new Set([...read.flatMap(({ problems }) => problems), ...repeated])];
}
