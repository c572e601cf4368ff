import type { PermissionTable } from '../schema/permission-table.ts';
import { apolloEngine } from './engine/apollo-engine.ts';
import type { Engine, EngineOptions, Execute } from './engine/engine.ts';
import { hubEngine } from './engine/hub-engine.ts';
import { withKnownScalars } from './known-scalars.ts';
import { chargedWork, type ChargedWork } from './limits/charged-work.ts';
import { type CostBounds, type OperationLimits, operationLimits } from './limits/operation-limits.ts';
import { type ExecutePermitted, permissionExecutor } from './permissions/permission-executor.ts';

export interface PermittedEngineOptions extends EngineOptions {
  /** `null` = no field permissions and no audit (anonymous mode). */
  readonly permitted: {
    readonly table: PermissionTable;
    readonly audited: (execute: ExecutePermitted) => Execute;
  } | null;
  readonly costs: CostBounds;
  readonly kind: EngineKind;
  readonly apiSdl?: string | null;
}

/** What a front door serves. */
export interface ServedEngine extends Engine {
  /** What operations over the same supergraph may be. */
  readonly limits: OperationLimits;
  /** Whom reading and planning are charged to. */
  readonly work: ChargedWork;
  /** The public API as `GET /schema.graphql` gives it; `null` = none is given out. */
  readonly apiSdl: string | null;
}

export type EngineKind = 'hub' | 'apollo';

/** An engine with the hub's field permissions before it and its audit behind it. */
export async function permittedEngine({
  permitted,
  costs,
  kind,
  apiSdl = null,
  ...options
}: PermittedEngineOptions): Promise<ServedEngine> {
  const work = chargedWork(costs);
  const { engine, permittedBy } = await startEngine(kind, { ...options, work });
  // A foreign scalar of the same name has its own rules, which its subgraph knows.
  const schema = permitted === null ? engine.schema : withKnownScalars(engine.schema);
  const limits = operationLimits({ schema, supergraphSdl: options.supergraphSdl, costs });
  const served = { ...engine, schema, limits, work, apiSdl };
  return permitted === null ? served : { ...served, execute: permitted.audited(permittedBy(permitted.table)) };
}

/** Ours compiles the permissions into each operation; before Apollo's they stand as an executor of their own. */
async function startEngine(kind: EngineKind, options: EngineOptions) {
  if (kind === 'hub') {
    const engine = await hubEngine(options);
    return { engine, permittedBy: engine.permitted };
  }
  const engine = await apolloEngine(options);
  const { schema, execute } = engine;
  return { engine, permittedBy: (table: PermissionTable) => permissionExecutor(execute, { schema, table }) };
}
