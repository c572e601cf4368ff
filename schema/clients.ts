import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { PURPOSES } from '../subgraphs/shared/caller.ts';

const bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const named = bilingual.extend({ name: z.string().min(1) });
const names = z.array(z.string().min(1));

/** What a token says about its holder, be it a system or a human being. */
const identity = z.strictObject({
  department: z.string().nullable(),
  organisation: z.string().nullable(),
  division: z
    .string()
    .regex(/^\d{6}(\d{3}){0,2}$/)
    .nullable(),
  roles: names,
  purposes: z.array(z.enum(PURPOSES)),
  note: bilingual,
});

const client = identity.extend({
  clientId: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  /** `service` = client credentials, `public` = people by code and PKCE, `audience` = the hub itself. */
  kind: z.enum(['service', 'public', 'audience']),
  /** The token's `sub` of a service, and of the hub's own token. */
  subject: z.uuid().nullable(),
  /** In every token of this client. */
  scopes: names,
  /** Added when asked for by `scope=`. Nothing else is ever granted. */
  optionalScopes: names,
  redirectUris: z.array(z.url()).default([]),
});

const person = identity.extend({
  login: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  subject: z.uuid(),
  /** Nobody so named exists. */
  name: z.string().min(1),
  /** What this human being may hold; a token has those of them that the public client gives or asks for. */
  scopes: names,
  /** The person cared for, or a guardian: the token carries `person_id` and no department. */
  self: z.boolean(),
});

const fileSchema = z.strictObject({
  /** The `aud` of every token. */
  audience: z.string(),
  roles: z.array(named),
  clients: z.array(client),
  people: z.array(person),
});

export type Client = z.infer<typeof client>;
export type DemoPerson = z.infer<typeof person>;
export type Clients = z.infer<typeof fileSchema>;
export type HubScope = z.infer<typeof named>;

const CLIENTS_FILE = new URL('./clients.json', import.meta.url);
const SCOPES_FILE = new URL('./scopes.json', import.meta.url);

/** Reads who may sign in, with which rights. Throws with the place of the first mistake. */
export function readClients(file: URL | string = CLIENTS_FILE): Clients {
  return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Reads the closed list of the hub's own scopes; a department's scopes follow from its categories. */
export function readHubScopes(file: URL | string = SCOPES_FILE): readonly HubScope[] {
  return z.array(named).parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Ids of the clients that may get tokens for the hub. */
export function allowedClients({ clients }: Clients): readonly string[] {
  return clients.filter(({ kind }) => kind !== 'audience').map(({ clientId }) => clientId);
}
