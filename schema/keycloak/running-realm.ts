import { z } from 'zod';
import { certificateProblem } from '../../adapters/shared/certificate-problem.ts';
import { realmExport, type RealmExport } from './realm-export.ts';

export interface RunningRealmOptions {
  /** Of Keycloak itself, e.g. `http://127.0.0.1:8081`. */
  readonly url: string;
  readonly realm: string;
  /** Of an account of the realm `master` that may manage the realm. */
  readonly username: string;
  readonly password: string;
  readonly timeoutMs?: number;
}

/** Asks a running Keycloak for a realm. Throws an error that says what to do; it quotes nothing of what came back. */
export async function runningRealm(options: RunningRealmOptions): Promise<RealmExport> {
  const { url, realm, username, password } = options;
  const base = url.replace(/\/+$/, '');
  const token = await asked(`${base}/realms/master/protocol/openid-connect/token`, options, {
    what: 'the sign-in',
    init: {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', username, password }),
    },
  });
  const access = accessTokenOf(token);
  const exported = await asked(
    `${base}/admin/realms/${encodeURIComponent(realm)}/partial-export?exportClients=true&exportGroupsAndRoles=true`,
    options,
    { what: `the realm ${realm}`, init: { method: 'POST', headers: { authorization: `Bearer ${access}` } } },
  );
  const { success, data } = realmExport.safeParse(exported);
  if (!success) throw new Error(`Keycloak at ${url} told the realm ${realm} in a form that is not known here.`);
  return data;
}

/** What the realm calls itself in its tokens: where it is used. Throws as `runningRealm` does. */
export async function issuerOf(options: RunningRealmOptions): Promise<string> {
  const { url, realm } = options;
  const path = `/realms/${encodeURIComponent(realm)}/.well-known/openid-configuration`;
  const told = await asked(`${url.replace(/\/+$/, '')}${path}`, options, { what: `the realm ${realm}`, init: {} });
  const { success, data } = z.looseObject({ issuer: z.string() }).safeParse(told);
  if (!success) throw new Error(`Keycloak at ${url} did not tell the issuer of the realm ${realm}.`);
  return data.issuer;
}

const REMEDIES: Readonly<Record<number, string>> = {
  401: 'check KEYCLOAK_ADMIN_USERNAME and KEYCLOAK_ADMIN_PASSWORD',
  403: 'the account must be allowed to manage the realm',
  404: 'check the address and the name of the realm (--realm); a proxy that serves the city has no /realms/master/ and no /admin/: ask Keycloak by its own address',
};

async function asked(
  address: string,
  { url, timeoutMs = 30_000 }: RunningRealmOptions,
  { what, init }: { what: string; init: RequestInit },
): Promise<unknown> {
  const given = { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) } as const;
  const response = await fetch(address, given).catch((cause: unknown) => {
    const certificate = certificateProblem(cause, `Keycloak at ${url}`);
    throw new Error(
      certificate === null
        ? `Keycloak at ${url} gave no answer: check --url and that it runs.`
        : `No realm was asked for: ${certificate}.`,
      { cause },
    );
  });
  if (!response.ok) {
    const remedy = REMEDIES[response.status] ?? "see Keycloak's log";
    throw new Error(`Keycloak at ${url} refused ${what} with ${response.status}: ${remedy}.`);
  }
  return response.json();
}

function accessTokenOf(answer: unknown): string {
  const token =
    typeof answer === 'object' && answer !== null && 'access_token' in answer ? answer.access_token : undefined;
  if (typeof token !== 'string') throw new Error('Keycloak signed in without a token.');
  return token;
}
