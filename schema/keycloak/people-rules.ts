import { z } from 'zod';
import type { RealmExport } from './realm-export.ts';
import { mapperFacts } from './mapper-facts.ts';

const USER_PROFILE = 'org.keycloak.userprofile.UserProfileProvider';
const USER_STORAGE = 'org.keycloak.storage.UserStorageProvider';

const profileSchema = z.object({
  unmanagedAttributePolicy: z.string().default('DISABLED'),
  attributes: z
    .array(z.object({ name: z.string(), permissions: z.object({ edit: z.array(z.string()).default([]) }).optional() }))
    .default([]),
});

/** Where people come from, and what they may say of themselves that stands in their tokens. One statement a line. */
export function peopleRules(realm: RealmExport): readonly string[] {
  return [...profileFacts(realm), ...providerFacts(realm), ...directoryFacts(realm)];
}

function profileFacts(realm: RealmExport): readonly string[] {
  const mappers = [...realm.clientScopes, ...realm.clients].flatMap(({ protocolMappers }) => protocolMappers);
  const told = new Set(mappers.map(({ config }) => config['user.attribute']));
  const texts = (realm.components[USER_PROFILE] ?? []).flatMap(({ config }) => config['kc.user.profile.config'] ?? []);
  return texts.flatMap((text) => {
    const { unmanagedAttributePolicy, attributes } = profileSchema.parse(JSON.parse(text));
    return [
      `user profile, unmanagedAttributePolicy = ${unmanagedAttributePolicy}`,
      ...attributes
        .filter(({ name, permissions }) => told.has(name) && permissions?.edit.includes('user'))
        .map(({ name }) => `user profile, people edit their own ${name}`),
    ];
  });
}

function providerFacts({ identityProviders, identityProviderMappers }: RealmExport): readonly string[] {
  return [
    ...identityProviders.map(({ alias, providerId }) => `identity provider ${alias} (${providerId})`),
    ...identityProviderMappers.flatMap(({ identityProviderAlias, identityProviderMapper, name, config }) =>
      mapperFacts(`identity provider ${identityProviderAlias}`, { name, type: identityProviderMapper, config }),
    ),
  ];
}

function directoryFacts({ components }: RealmExport): readonly string[] {
  return (components[USER_STORAGE] ?? []).flatMap(({ name, providerId, subComponents }) => [
    `user directory ${name} (${providerId})`,
    ...Object.values(subComponents)
      .flat()
      .flatMap((mapper) => mapperFacts(`user directory ${name}`, { ...mapper, type: mapper.providerId })),
  ]);
}
