import { z } from 'zod';

const texts = z.array(z.string()).default([]);
const textOf = z.record(z.string(), z.string()).default({});
const textsOf = z.record(z.string(), z.array(z.string())).default({});
const role = z.object({
  name: z.string(),
  composites: z.object({ realm: texts, client: textsOf }).default({ realm: [], client: {} }),
});
const mapping = z.object({ clientScope: z.string().optional(), client: z.string().optional(), roles: texts });
const mapper = z.object({ name: z.string(), protocolMapper: z.string(), config: textOf });
const holder = z.object({ attributes: textsOf, realmRoles: texts, clientRoles: textsOf });
const group = holder.extend({
  name: z.string(),
  get subGroups() {
    return z.array(group).default([]);
  },
});
const component = z.object({
  name: z.string(),
  providerId: z.string(),
  config: textsOf,
  get subComponents() {
    return z.record(z.string(), z.array(component)).default({});
  },
});

/** What is compared of a realm, as Keycloak's partial export tells it (`POST /admin/realms/REALM/partial-export`). */
export const realmExport = z.looseObject({
  roles: z.object({
    realm: z.array(role).default([]),
    client: z.record(z.string(), z.array(role)).default({}),
  }),
  groups: z.array(group).default([]),
  defaultGroups: texts,
  clientScopes: z
    .array(z.object({ name: z.string(), attributes: textOf, protocolMappers: z.array(mapper).default([]) }))
    .default([]),
  scopeMappings: z.array(mapping).default([]),
  clientScopeMappings: z.record(z.string(), z.array(mapping)).default({}),
  clients: z.array(
    z.looseObject({
      clientId: z.string(),
      rootUrl: z.string().optional(),
      attributes: textOf,
      authenticationFlowBindingOverrides: textOf,
      defaultClientScopes: texts,
      optionalClientScopes: texts,
      protocolMappers: z.array(mapper).default([]),
    }),
  ),
  /** Service accounts; of nobody else does the export tell. */
  users: z.array(holder.extend({ serviceAccountClientId: z.string().optional(), groups: texts })).default([]),
  identityProviders: z.array(z.object({ alias: z.string(), providerId: z.string() })).default([]),
  identityProviderMappers: z
    .array(
      z.object({
        name: z.string(),
        identityProviderAlias: z.string(),
        identityProviderMapper: z.string(),
        config: textOf,
      }),
    )
    .default([]),
  requiredActions: z
    .array(z.object({ alias: z.string(), enabled: z.boolean(), defaultAction: z.boolean() }))
    .default([]),
  components: z.record(z.string(), z.array(component)).default({}),
});
export type RealmExport = z.infer<typeof realmExport>;
