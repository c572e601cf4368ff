import type { RealmComponent, RequiredAction } from './realm-representation.ts';

/** Seconds. A token that was verified stays good where it was verified until it ends: hence minutes. */
const LIFETIMES = {
  accessTokenLifespan: 300,
  ssoSessionIdleTimeout: 1_800,
  ssoSessionMaxLifespan: 36_000,
  accessCodeLifespan: 60,
  accessCodeLifespanLogin: 1_800,
  offlineSessionMaxLifespanEnabled: true,
  offlineSessionMaxLifespan: 36_000,
};

const LOGIN = {
  internationalizationEnabled: true,
  supportedLocales: ['zh-CN', 'en'],
  defaultLocale: 'zh-CN',
  registrationAllowed: false,
  loginWithEmailAllowed: false,
  resetPasswordAllowed: false,
  rememberMe: false,
  verifyEmail: false,
};

const SECURITY = {
  // TLS for everybody but addresses of the machine and the intranet, where the proxy ends it.
  sslRequired: 'external',
  bruteForceProtected: true,
  permanentLockout: false,
  failureFactor: 10,
  passwordPolicy: 'length(12) and notUsername(undefined) and passwordHistory(5)',
  defaultSignatureAlgorithm: 'RS256',
  revokeRefreshToken: true,
  refreshTokenMaxReuse: 0,
  eventsEnabled: true,
  eventsExpiration: 15_552_000,
  adminEventsEnabled: true,
  adminEventsDetailsEnabled: false,
};

/** What a realm is set to, whatever its clients. */
export const REALM_SETTINGS = { enabled: true, ...LIFETIMES, ...LOGIN, ...SECURITY };

/** At the first sign-in: a password of one's own and a second factor. In the demo nobody is asked for either. */
export function requiredActions({ demo }: { demo: boolean }): readonly RequiredAction[] {
  return [
    { alias: 'UPDATE_PASSWORD', name: 'Update Password', defaultAction: !demo },
    { alias: 'CONFIGURE_TOTP', name: 'Configure OTP', defaultAction: !demo },
  ].map((action, i) => ({ ...action, providerId: action.alias, enabled: true, priority: (i + 1) * 10 }));
}

const key = (name: string, providerId: string, config: Readonly<Record<string, string>> = {}): RealmComponent => ({
  name,
  providerId,
  config: Object.fromEntries(Object.entries({ priority: '100', ...config }).map(([one, value]) => [one, [value]])),
});

/**
 * Keys for every algorithm that the hub takes, so that they stand in the key set from the start and not from their first
 * use on; whoever declares one must declare all, those for cookies and codes among them.
 */
const KEYS: readonly RealmComponent[] = [
  key('rs256', 'rsa-generated', { algorithm: 'RS256' }),
  key('ps256', 'rsa-generated', { algorithm: 'PS256' }),
  key('es256', 'ecdsa-generated', { ecdsaEllipticCurveKey: 'P-256' }),
  key('rsa-oaep', 'rsa-enc-generated', { algorithm: 'RSA-OAEP' }),
  key('hs512', 'hmac-generated', { algorithm: 'HS512' }),
  key('aes', 'aes-generated'),
];

/** Attributes that become claims are for administrators alone: nobody changes the own department. */
const USER_PROFILE = {
  attributes: ['username', 'email', 'firstName', 'lastName'].map((name) => ({
    name,
    permissions: { view: ['admin', 'user'], edit: ['admin'] },
  })),
  unmanagedAttributePolicy: 'ADMIN_EDIT',
};

export const REALM_COMPONENTS: Readonly<Record<string, readonly RealmComponent[]>> = {
  'org.keycloak.keys.KeyProvider': KEYS,
  'org.keycloak.userprofile.UserProfileProvider': [
    {
      name: 'user profile',
      providerId: 'declarative-user-profile',
      config: { 'kc.user.profile.config': [JSON.stringify(USER_PROFILE)] },
    },
  ],
};
