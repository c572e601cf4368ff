import { z } from 'zod';

const texts = z.array(z.string()).default([]);
const textOf = z.record(z.string(), z.string()).default({});
const textsOf = z.record(z.string(), z.array(z.string())).default({});
const role = z.object({ name: z.string() });
const mapping = z.object({ clientScope: z.string().optional(), roles: texts });
const mapper = z.object({ name: z.string(), protocolMapper: z.string(), config: textOf });
const subGroup = z.object({ name: z.string(), attributes: textsOf, clientRoles: textsOf });

/** What is compared of a realm, as Keycloak's partial export tells it (`POST /admin/realms/REALM/partial-export`). */
export const realmExport = z.looseObject({
  roles: z.object({
    realm: z.array(role).default([]),
    client: z.record(z.string(), z.array(role)).default({}),
  }),
  groups: z.array(subGroup.extend({ subGroups: z.array(subGroup).default([]) })).default([]),
  clientScopes: z
    .array(z.object({ name: z.string(), attributes: textOf, protocolMappers: z.array(mapper).default([]) }))
    .default([]),
  scopeMappings: z.array(mapping).default([]),
  clientScopeMappings: z.record(z.string(), z.array(mapping)).default({}),
  clients: z.array(
    z.looseObject({
      clientId: z.string(),
      attributes: textOf,
      defaultClientScopes: texts,
      optionalClientScopes: texts,
      protocolMappers: z.array(mapper).default([]),
    }),
  ),
  requiredActions: z
    .array(z.object({ alias: z.string(), enabled: z.boolean(), defaultAction: z.boolean() }))
    .default([]),
  components: z.record(z.string(), z.array(z.object({ providerId: z.string(), config: textsOf }))).default({}),
});
export type RealmExport = z.infer<typeof realmExport>;
