import type { KeyObject } from 'node:crypto';
import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import type { Measures } from '../../adapters/shared/measures.ts';
import type { SettingsTable } from '../../adapters/shared/settings.ts';
import type { Spool } from '../../adapters/audit/port.ts';
import type { Store } from '../../adapters/store/port.ts';
import type { Vault } from '../../adapters/vault/port.ts';
import type { HubRequest } from './hub-request.ts';
import type { Log } from './log.ts';

/** One GraphQL operation for a subgraph. */
export interface SubgraphOperation {
  readonly query: string;
  readonly document?: DocumentNode;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** A subgraph that runs in this process. */
export interface Subgraph {
  readonly name: string;
  /** What it can be asked; a supergraph that asks for more is not served over it. */
  readonly schema: GraphQLSchema;
  execute(operation: SubgraphOperation, request: HubRequest): Promise<ExecutionResult>;
  /** Resolves when the subgraph can serve; throws otherwise. */
  probe(signal: AbortSignal): Promise<void>;
  /** How what is the subgraph's own stands, for who collects metrics. */
  readonly measures?: Measures;
  close(): Promise<void>;
}

/** What a subgraph is given at its start. */
export interface SubgraphServices {
  /** Values of the module's `settings`, already checked. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The key of the grants for a department's subgraph. A department's subgraph knows its own key only. */
  readonly grantKey: (department: string) => KeyObject;
  /** The hub's store; only the hub's own subgraphs may ask for it. */
  readonly store: () => Store;
  /** Where the hub's own subgraphs keep sensitive text. */
  readonly vault: () => Vault;
  /** The local spool of emergencies, for what the store does not take at the moment. */
  readonly spool: () => Spool;
  readonly log: Log;
}

/** What the module named in `schema/deployment.json` exports as `subgraph`. */
export interface SubgraphModule {
  readonly name: string;
  /** The environment variables that it needs. */
  readonly settings: SettingsTable;
  create(services: SubgraphServices): Promise<Subgraph>;
}
