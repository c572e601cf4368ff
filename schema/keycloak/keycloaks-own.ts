/** Of Keycloak's making; they ask the hub for nothing, and the hub takes no token of theirs. */
export const OWN_CLIENTS = new Set([
  'account',
  'account-console',
  'admin-cli',
  'broker',
  'realm-management',
  'security-admin-console',
]);
/** And the client scope of the same name. */
export const OWN_ROLES = new Set(['offline_access', 'uma_authorization']);
/** The role of Keycloak's making that everybody has. */
export const isDefaultRole = (name: string): boolean => name.startsWith('default-roles-');
