import type { HubScope } from '../clients.ts';
import { attributeMapper, audienceMapper, mapper } from './protocol-mappers.ts';
import type { ClientScope, ProtocolMapper } from './realm-representation.ts';

/** What every token of the hub's clients carries, without standing in its `scope`. */
export const IDENTITY_SCOPES = ['basic', 'roles', 'acr', 'hub-identity'] as const;
/** What the tokens of people carry besides. */
export const PEOPLE_SCOPES = ['profile', 'web-origins'] as const;

/**
 * Client scopes of the realm: one for each scope that the schema knows, and those that Keycloak brings only to a realm
 * whose import declares none.
 */
export function clientScopes({
  scopes,
  audience,
}: {
  scopes: readonly HubScope[];
  audience: string;
}): readonly ClientScope[] {
  return [...scopes.map((scope) => ofSchema(scope)), ...builtIn(), hubIdentity(audience)];
}

function ofSchema({ name, zh, en }: HubScope): ClientScope {
  return scope(name, { description: `${zh} / ${en}`, told: true });
}

function builtIn(): readonly ClientScope[] {
  return [
    scope('basic', {
      description: 'sub 与 auth_time / sub and auth_time',
      mappers: [
        mapper('sub', 'oidc-sub-mapper', {}),
        mapper('auth_time', 'oidc-usersessionmodel-note-mapper', {
          'user.session.note': 'AUTH_TIME',
          'claim.name': 'auth_time',
          'jsonType.label': 'long',
        }),
      ],
    }),
    scope('roles', {
      description: '角色 / Roles',
      mappers: [
        mapper('realm roles', 'oidc-usermodel-realm-role-mapper', {
          'claim.name': 'realm_access.roles',
          'jsonType.label': 'String',
          multivalued: 'true',
        }),
      ],
    }),
    scope('acr', {
      description: '认证强度 / How strongly the user was authenticated',
      mappers: [mapper('acr loa level', 'oidc-acr-mapper', {})],
    }),
    scope('profile', {
      description: '登录名与姓名 / Login and name',
      mappers: [
        attributeMapper('name'),
        mapper('preferred_username', 'oidc-usermodel-attribute-mapper', {
          'user.attribute': 'username',
          'claim.name': 'preferred_username',
          'jsonType.label': 'String',
          'id.token.claim': 'true',
        }),
      ],
    }),
    scope('web-origins', {
      description: '允许的来源 / Allowed origins',
      mappers: [mapper('allowed web origins', 'oidc-allowed-origins-mapper', {})],
    }),
    scope('service_account', {
      description: '服务账户 / Service account',
      mappers: [
        mapper('client_id', 'oidc-usersessionmodel-note-mapper', {
          'user.session.note': 'client_id',
          'claim.name': 'client_id',
          'jsonType.label': 'String',
        }),
      ],
    }),
  ];
}

/** Who asks, as the hub reads it (`gateway/authentication/token-claims.ts`), and that the token is for the hub. */
function hubIdentity(audience: string): ClientScope {
  return scope('hub-identity', {
    description: '调用者的部门、单位、区划与目的 / Department, organisation, division and purposes of the caller',
    mappers: [
      audienceMapper(audience),
      ...['department', 'organisation', 'division', 'person_id'].map((claim) => attributeMapper(claim)),
      attributeMapper('purposes', { multivalued: true }),
    ],
  });
}

function scope(
  name: string,
  {
    description,
    told = false,
    mappers = [],
  }: { description: string; told?: boolean; mappers?: readonly ProtocolMapper[] },
): ClientScope {
  return {
    name,
    description,
    protocol: 'openid-connect',
    attributes: { 'include.in.token.scope': String(told), 'display.on.consent.screen': 'false' },
    protocolMappers: mappers,
  };
}
