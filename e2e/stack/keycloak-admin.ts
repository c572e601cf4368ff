import { z } from 'zod';
import type { RunningKeycloak } from './servers/keycloak.ts';

const tokenAnswer = z.object({ access_token: z.string() });
const named = z.looseObject({ id: z.string(), name: z.string() });
const identified = z.tuple([z.looseObject({ id: z.string() })]);

/** What an operator does at Keycloak, by its REST API. Everything throws what Keycloak refuses it with. */
export interface KeycloakAdmin {
  /** Below `/admin/realms/REALM`; `body` is sent as JSON. Answers what comes back, `null` for nothing. */
  ask(method: string, path: string, body?: object): Promise<unknown>;
  importRealm(realm: object): Promise<void>;
  changeRealm(changes: object): Promise<void>;
  changeClient(clientId: string, changes: object): Promise<void>;
  changeUser(login: string, changes: object): Promise<void>;
  changeAttribute(login: string, name: string, value: string): Promise<void>;
  /** A client scope; who has it has it by its id, and goes on having it. */
  renameScope(from: string, to: string): Promise<void>;
  /** Keycloak's own id of a client. */
  clientKey(clientId: string): Promise<string>;
  userKey(login: string): Promise<string>;
  /** The parent of its components. */
  realmKey(): Promise<string>;
  componentKey(name: string): Promise<string>;
}

export function keycloakAdmin(
  { url, admin }: Pick<RunningKeycloak, 'url' | 'admin'>,
  { realm = 'care' }: { realm?: string } = {},
): KeycloakAdmin {
  // It lives for a minute: a new one for each question.
  const token = async () => {
    const answer = await fetch(`${url}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...admin }),
    });
    if (!answer.ok) throw new Error(`Keycloak's operator did not sign in: ${await answer.text()}`);
    return tokenAnswer.parse(await answer.json()).access_token;
  };
  const askAt: KeycloakAdmin['ask'] = async (method, path, body) => {
    const answer = await fetch(`${url}/admin/realms${path}`, {
      method,
      headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`Keycloak refused ${method} ${path} with ${answer.status}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  const ask: KeycloakAdmin['ask'] = async (method, path, body) => askAt(method, `/${realm}${path}`, body);
  const first = async (path: string) => identified.parse(await ask('GET', path))[0];
  const clientOf = async (clientId: string) => first(`/clients?clientId=${encodeURIComponent(clientId)}`);
  const userOf = async (login: string) => first(`/users?exact=true&username=${encodeURIComponent(login)}`);
  return {
    ask,
    importRealm: async (imported) => void (await askAt('POST', '', imported)),
    changeRealm: async (changes) => void (await ask('PUT', '', changes)),
    async changeClient(clientId, changes) {
      const client = await clientOf(clientId);
      await ask('PUT', `/clients/${client.id}`, { ...client, ...changes });
    },
    async changeUser(login, changes) {
      const user = await userOf(login);
      await ask('PUT', `/users/${user.id}`, { ...user, ...changes });
    },
    async changeAttribute(login, name, value) {
      const user = await userOf(login);
      const attributes = z.record(z.string(), z.unknown()).parse(user['attributes'] ?? {});
      await ask('PUT', `/users/${user.id}`, { ...user, attributes: { ...attributes, [name]: [value] } });
    },
    async renameScope(from, to) {
      const scope = z
        .array(named)
        .parse(await ask('GET', '/client-scopes'))
        .find(({ name }) => name === from);
      if (scope === undefined) throw new Error(`no client scope ${from}`);
      await ask('PUT', `/client-scopes/${scope.id}`, { ...scope, name: to });
    },
    clientKey: async (clientId) => (await clientOf(clientId)).id,
    userKey: async (login) => (await userOf(login)).id,
    componentKey: async (name) => (await first(`/components?name=${encodeURIComponent(name)}`)).id,
    realmKey: async () => z.looseObject({ id: z.string() }).parse(await ask('GET', '')).id,
  };
}
