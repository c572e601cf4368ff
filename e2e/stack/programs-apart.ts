import { fileURLToPath } from 'node:url';
import { deriveKey } from '../../subgraphs/shared/key-derivation.ts';
import type { DeploymentEntry } from '../../schema/departments.ts';
import { type KeptProcess, keptProcess } from './kept-process.ts';

const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Secrets of gateway and subgraphs, as an operator hands them out. */
export interface HubSecrets {
  readonly GRANT_SECRET: string;
  readonly ASSERTION_SECRET: string;
}

interface SubgraphOptions {
  readonly entry: DeploymentEntry;
  /** Of the process. */
  readonly name: string;
  readonly port: number;
  readonly secrets: HubSecrets;
  /** Of all subgraphs; each reads what is its own. */
  readonly environment: Readonly<Record<string, string>>;
  readonly nodeArguments?: readonly string[];
  readonly heard?: (line: string) => void;
}

/** One subgraph in a process of its own: a department's knows its own two keys, one of the hub's the secret of grants. */
export async function subgraphApart({
  entry: { name: subgraph, department },
  secrets,
  environment,
  nodeArguments = [],
  ...place
}: SubgraphOptions): Promise<KeptProcess> {
  const hex = (secret: string, use: 'grant' | 'assertion') => deriveKey(secret, use, subgraph).export().toString('hex');
  const keys = {
    ASSERTION_KEY: hex(secrets.ASSERTION_SECRET, 'assertion'),
    ...(department === undefined
      ? { GRANT_SECRET: secrets.GRANT_SECRET }
      : { GRANT_KEY: hex(secrets.GRANT_SECRET, 'grant') }),
  };
  return keptProcess({
    ...place,
    arguments: [...nodeArguments, inProject(`subgraphs/${subgraph}/main.ts`)],
    environment: { ...environment, ...keys },
  });
}
