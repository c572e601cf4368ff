// Only the two plain data classes of keycloak-connect are used; its package entry would load the middleware that
// security case 13 is about. They ship without types of their own.
declare module 'keycloak-connect/middleware/auth-utils/token.js' {
  export default class Token {
    constructor(token: string, clientId: string);
    isExpired(): boolean;
    hasRealmRole(name: string): boolean;
    hasApplicationRole(client: string, name: string): boolean;
  }
}

declare module 'keycloak-connect/middleware/auth-utils/grant.js' {
  import type Token from 'keycloak-connect/middleware/auth-utils/token.js';
  export default class Grant {
    constructor(grant: { access_token: Token });
    readonly access_token: Token;
    isExpired(): boolean;
  }
}
