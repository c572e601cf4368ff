import type { PermissionTable } from '../schema/permission-table.ts';
import { apolloEngine, type EngineOptions } from './engine/apollo-engine.ts';
import type { Engine, Execute } from './engine/engine.ts';
import { withKnownScalars } from './known-scalars.ts';
import { type ExecutePermitted, permissionExecutor } from './permissions/permission-executor.ts';

export interface PermittedEngineOptions extends EngineOptions {
  /** `null` = no field permissions and no audit (anonymous mode). */
  readonly permitted: {
    readonly table: PermissionTable;
    readonly audited: (execute: ExecutePermitted) => Execute;
  } | null;
}

/** An engine with the hub's field permissions before it and its audit behind it. */
export async function permittedEngine({ permitted, ...options }: PermittedEngineOptions): Promise<Engine> {
  const engine = await apolloEngine(options);
  const schema = withKnownScalars(engine.schema);
  if (permitted === null) return { ...engine, schema };
  const { table, audited } = permitted;
  return { ...engine, schema, execute: audited(permissionExecutor(engine.execute, { schema, table })) };
}
