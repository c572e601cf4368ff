import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { departmentsOf, readDeployment } from '../../schema/departments.ts';
import { deriveKey } from '../../subgraphs/shared/key-derivation.ts';
import { newKeyFile } from './key-file.ts';
import { newSigningKey } from './new-signing-key.ts';

/** Passwords between the parts of a deployment, which nobody types. */
const PASSWORDS = [
  'mongodb-root-password',
  'mongodb-hub-password',
  'keycloak-database-password',
  'keycloak-admin-password',
  'oidc-client-secret',
];

/**
 * Writes every secret of a deployment that can be made up into `folder`, one a file, and leaves what is there already.
 * Answers the names of those that it made. The folder is its owner's alone; the files in it may be read by all, since
 * containers that are handed one run under accounts of their own.
 */
export function newDeployment(folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const made: string[] = [];
  const make = (name: string, write: (file: string) => void) => {
    const file = join(folder, name);
    if (existsSync(file)) return;
    write(file);
    chmodSync(file, 0o444);
    made.push(name);
  };
  const text = (content: () => string) => (file: string) => writeFileSync(file, content(), { flag: 'wx', flush: true });
  for (const name of ['grant-secret', 'assertion-secret', 'person-id-pepper', ...PASSWORDS]) make(name, text(random));
  // Of base64's characters, as MongoDB wants it.
  make(
    'mongodb-keyfile',
    text(() => randomBytes(756).toString('base64')),
  );
  make('encryption-keys.json', newKeyFile);
  const auditKeys = join(folder, 'audit-keys.json');
  make('audit-signing-key.json', (file) => {
    text(() => newSigningKey(auditKeys))(file);
    chmodSync(auditKeys, 0o444);
  });
  const derived = (use: 'grant' | 'assertion', subgraph: string) =>
    text(() =>
      deriveKey(read(join(folder, `${use}-secret`)), use, subgraph)
        .export()
        .toString('hex'),
    );
  const deployment = readDeployment();
  for (const { name } of deployment) make(`assertion-key.${name}`, derived('assertion', name));
  for (const { slug } of departmentsOf(deployment)) make(`grant-key.${slug}`, derived('grant', slug));
  return made;
}

/** As the settings read a file. */
const read = (file: string): string => readFileSync(file, 'utf8').trim();
/** In hexadecimal digits: nobody's address or command line takes them for something else. */
const random = (): string => randomBytes(32).toString('hex');
