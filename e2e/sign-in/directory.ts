import { randomBytes } from 'node:crypto';
import type { Client, Clients, DemoPerson } from '../../schema/clients.ts';

/** Whom the sign-in server knows: clients with secrets, people with the hub ids that the demo gave them. */
export interface Directory {
  readonly clients: readonly Client[];
  readonly people: readonly DemoPerson[];
  readonly audience: string;
  client(clientId: string): Client | undefined;
  person(login: string): DemoPerson | undefined;
  bySubject(subject: string): DemoPerson | undefined;
  secretOf(clientId: string): string;
  personIdOf(login: string): string | undefined;
  setPersonId(login: string, personId: string): void;
}

interface DirectoryOptions {
  readonly personIds?: Readonly<Record<string, string>>;
  /** Secrets that are to be the same at every start; the others are made up anew each time. */
  readonly secrets?: Readonly<Record<string, string>>;
}

export function directoryOf({ clients, people, audience }: Clients, options: DirectoryOptions = {}): Directory {
  const secrets = new Map(
    clients.map(({ clientId }) => [clientId, options.secrets?.[clientId] ?? randomBytes(24).toString('base64url')]),
  );
  const personIds = new Map(Object.entries(options.personIds ?? {}));
  return {
    clients,
    people,
    audience,
    client: (clientId) => clients.find((client) => client.clientId === clientId),
    person: (login) => people.find((person) => person.login === login),
    bySubject: (subject) => people.find((person) => person.subject === subject),
    secretOf: (clientId) => secrets.get(clientId) ?? '',
    personIdOf: (login) => personIds.get(login),
    setPersonId: (login, personId) => void personIds.set(login, personId),
  };
}
