import type { ProtocolMapper } from './realm-representation.ts';

/** An attribute of the user, or of a group that the user is in, as a claim of the access token. */
export function attributeMapper(claim: string, { multivalued = false } = {}): ProtocolMapper {
  return mapper(claim, 'oidc-usermodel-attribute-mapper', {
    'user.attribute': claim,
    'claim.name': claim,
    'jsonType.label': 'String',
    multivalued: String(multivalued),
    'aggregate.attrs': 'false',
  });
}

/** Says for whom the token is, which Keycloak says of no resource server by itself (`aud`, RFC 9068 2.2). */
export function audienceMapper(audience: string): ProtocolMapper {
  return mapper(`audience ${audience}`, 'oidc-audience-mapper', { 'included.client.audience': audience });
}

/** `name` is for operators; `given` are the mapper's own settings. It says what it has to in the access token alone. */
export function mapper(name: string, protocolMapper: string, given: Readonly<Record<string, string>>): ProtocolMapper {
  const config = {
    'access.token.claim': 'true',
    'id.token.claim': 'false',
    'introspection.token.claim': 'true',
    'userinfo.token.claim': 'false',
    ...given,
  };
  return { name, protocol: 'openid-connect', protocolMapper, config };
}
