/**
 * The parts of Keycloak's realm that the hub writes and compares, by the names of its REST API
 * (`RealmRepresentation` and those it holds, Keycloak 26).
 */
export interface ProtocolMapper {
  readonly name: string;
  readonly protocol: 'openid-connect';
  readonly protocolMapper: string;
  readonly config: Readonly<Record<string, string>>;
}

export interface ClientScope {
  readonly name: string;
  readonly description: string;
  readonly protocol: 'openid-connect';
  readonly attributes: Readonly<Record<string, string>>;
  readonly protocolMappers: readonly ProtocolMapper[];
}

export interface RealmClient {
  readonly clientId: string;
  readonly name: string;
  readonly description: string;
  readonly enabled: true;
  readonly protocol: 'openid-connect';
  readonly publicClient: boolean;
  readonly standardFlowEnabled: boolean;
  readonly implicitFlowEnabled: false;
  readonly directAccessGrantsEnabled: false;
  readonly serviceAccountsEnabled: boolean;
  readonly fullScopeAllowed: false;
  readonly redirectUris: readonly string[];
  /** What relative addresses of the client begin with. */
  readonly rootUrl?: string;
  readonly webOrigins: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly defaultClientScopes: readonly string[];
  readonly optionalClientScopes: readonly string[];
  /** Where it is not made up by Keycloak. */
  readonly secret?: string;
}

export interface RealmRole {
  readonly name: string;
  readonly description: string;
}

export interface RealmGroup {
  readonly name: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly clientRoles: Readonly<Record<string, readonly string[]>>;
  readonly subGroups: readonly RealmGroup[];
}

export interface RealmUser {
  readonly id: string;
  readonly username: string;
  readonly enabled: true;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly realmRoles: readonly string[];
  readonly clientRoles: Readonly<Record<string, readonly string[]>>;
  readonly groups: readonly string[];
  readonly serviceAccountClientId?: string;
  readonly credentials?: readonly { readonly type: 'password'; readonly value: string; readonly temporary: false }[];
  readonly requiredActions?: readonly string[];
}

export interface RequiredAction {
  readonly alias: string;
  readonly name: string;
  readonly providerId: string;
  readonly enabled: boolean;
  /** Every new user is asked for it at the first sign-in. */
  readonly defaultAction: boolean;
  readonly priority: number;
}

export interface ScopeMapping {
  readonly clientScope: string;
  readonly roles: readonly string[];
}

export interface RealmComponent {
  readonly name: string;
  readonly providerId: string;
  readonly config: Readonly<Record<string, readonly string[]>>;
}

export interface Realm {
  readonly realm: string;
  readonly displayName: string;
  readonly [setting: string]: unknown;
  readonly roles: {
    readonly realm: readonly RealmRole[];
    readonly client: Readonly<Record<string, readonly RealmRole[]>>;
  };
  readonly groups: readonly RealmGroup[];
  readonly clientScopes: readonly ClientScope[];
  readonly scopeMappings: readonly ScopeMapping[];
  readonly clientScopeMappings: Readonly<Record<string, readonly ScopeMapping[]>>;
  readonly clients: readonly RealmClient[];
  readonly users: readonly RealmUser[];
  readonly requiredActions: readonly RequiredAction[];
  readonly components: Readonly<Record<string, readonly RealmComponent[]>>;
}
