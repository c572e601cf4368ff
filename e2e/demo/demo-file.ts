import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readClients } from '../../schema/clients.ts';
import { hubIdOf, NOT_YET_IN_CARE } from '../harness/care-seed.ts';
import type { Stack } from '../harness/start-stack.ts';
import { SAMPLE_DEPARTMENTS } from '../systems/shared/sample-departments.ts';
import { localIdsOf } from '../systems/world/local-ids-of.ts';
import { demoEnvironment } from './demo-environment.ts';

/** Writes what a script or a vendor needs to go on from the running demo. */
export function writeDemoFile(file: string, { gateway, signIn, world, environment, folder }: Stack): void {
  const secrets = new Map(signIn.clients.map(({ clientId, clientSecret }) => [clientId, clientSecret]));
  const clients = readClients().clients.flatMap(
    ({ clientId, kind, department, division, roles, scopes, optionalScopes, note }) =>
      kind === 'service'
        ? [{ clientId, clientSecret: secrets.get(clientId), department, division, roles, scopes, optionalScopes, note }]
        : [],
  );
  const people = world.people
    .filter(({ story }) => story !== null)
    .map((person) => ({
      // Nobody is in the hub before a department registers them.
      id: person.story === NOT_YET_IN_CARE ? null : hubIdOf(world, person),
      name: person.name,
      story: person.story,
      localIds: Object.fromEntries(SAMPLE_DEPARTMENTS.map((slug) => [slug, localIdsOf(world, person, slug)])),
    }));
  const logins = readClients().people.map(({ login, note }) => ({ login, note }));
  const demo = { gateway, issuer: signIn.issuer, clients, people, signIn: { password: signIn.password, logins } };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file.replace(/\.json$/, '.env'), demoEnvironment({ environment, folder }), { mode: 0o600 });
  writeFileSync(file, `${JSON.stringify(demo, null, 2)}\n`);
}
