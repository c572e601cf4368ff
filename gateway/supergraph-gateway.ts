import type { GatewayInterface } from '@apollo/server-gateway-interface';
import type { ApolloGateway, GraphQLDataSource } from '@apollo/gateway';
import type { Log } from '../subgraphs/shared/log.ts';
import { apolloLog } from './apollo-log.ts';
import type { PermissionTable } from '../schema/permission-table.ts';
import { withKnownScalars } from './known-scalars.ts';
import { type Execute, type ExecutePermitted, permissionExecutor } from './permissions/permission-executor.ts';

export interface SupergraphGatewayOptions {
  readonly supergraphSdl: string;
  /** The data source of a subgraph, by its name and the address that stands in the supergraph. */
  readonly sourceOf: (subgraph: { name: string; url?: string | undefined }) => GraphQLDataSource;
  /** `null` = no field permissions and no audit (anonymous mode). */
  readonly permitted: {
    readonly table: PermissionTable;
    readonly audited: (execute: ExecutePermitted) => Execute;
  } | null;
  readonly log: Log;
}

/** `ApolloGateway` with the hub's field permissions before it and its audit behind it. */
export async function supergraphGateway({
  supergraphSdl,
  sourceOf,
  permitted,
  log,
}: SupergraphGatewayOptions): Promise<GatewayInterface> {
  const gateway = await apolloGateway({ supergraphSdl, buildService: sourceOf, logger: apolloLog(log) });
  return {
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
    stop: () => gateway.stop(),
    load: async (options) => {
      const { schema, executor } = await gateway.load(options);
      withKnownScalars(schema);
      const execute = executor as unknown as Execute;
      if (permitted === null) return { schema, executor: execute };
      const { table, audited } = permitted;
      return { schema, executor: audited(permissionExecutor(execute, { schema, table })) };
    },
  };
}

/** Imported only here and only now: at import it would look for cloud metadata services unless it is told not to. */
async function apolloGateway(options: ConstructorParameters<typeof ApolloGateway>[0]): Promise<ApolloGateway> {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
  const module = await import('@apollo/gateway');
  return new module.ApolloGateway(options);
}
