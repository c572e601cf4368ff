import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { signInClient, type SignInClient } from './sign-in-client.ts';

export interface SignInProcess extends SignInClient {
  readonly issuer: string;
  /** Of all demo people. */
  readonly password: string;
  readonly clients: readonly { readonly clientId: string; readonly clientSecret: string }[];
  /** From now on this person's tokens carry this hub id. */
  setPersonId(login: string, personId: string): Promise<void>;
  close(): Promise<void>;
}

const readyLine = z.object({
  ready: z.literal(true),
  issuer: z.url(),
  password: z.string(),
  clients: z.array(z.object({ clientId: z.string(), clientSecret: z.string() })),
});

/** Runs the sign-in server in a process of its own, which ends with this one. */
export async function startSignIn({
  port = 0,
  personIds = {},
  nodeArguments = [],
  environment = {},
}: {
  port?: number;
  /** Of Node itself, before the program. */
  nodeArguments?: readonly string[];
  /** Beside that of this process. */
  environment?: Readonly<Record<string, string>>;
  personIds?: Readonly<Record<string, string>>;
} = {}): Promise<SignInProcess> {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const child = spawn(process.execPath, [...nodeArguments, main, '--port', String(port), '--with-parent'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const exited = once(child, 'exit');
  const ready = await Promise.race([
    firstJsonLine(child.stdout),
    exited.then(([code]) => Promise.reject(new Error(`the sign-in server ended with ${code} before it was ready`))),
  ]);
  if (ready === undefined)
    throw new Error(`the sign-in server did not start (see above); is port ${port} taken? use --sign-in-port`);
  const { issuer, password, clients } = readyLine.parse(ready);
  const setPersonId = async (login: string, personId: string) => {
    const url = new URL(`/people/${login}`, issuer);
    const { status } = await fetch(url, { method: 'PUT', body: JSON.stringify({ personId }) });
    if (status !== 204) throw new Error(`no person id for ${login}: status ${status}`);
  };
  for (const [login, personId] of Object.entries(personIds)) await setPersonId(login, personId);

  return {
    ...signInClient({
      issuer,
      password,
      secretOf: (id) => clients.find(({ clientId }) => clientId === id)?.clientSecret ?? '',
    }),
    issuer,
    password,
    clients,
    setPersonId,
    async close() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function firstJsonLine(output: NodeJS.ReadableStream): Promise<unknown> {
  for await (const line of createInterface({ input: output })) {
    if (!line.startsWith('{')) continue;
    output.resume();
    return JSON.parse(line);
  }
  return undefined;
}
