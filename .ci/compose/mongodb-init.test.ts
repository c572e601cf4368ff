/** What ops/mongodb-init.js tells MongoDB, by a shell that writes it down. A real one has mongosh; none is at hand here. */
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { textOf } from './compose-file.ts';
import { named } from './services.ts';

interface Shell {
  /** Whether the members are a replica set already, and the hub has an account. */
  readonly done: boolean;
  /** Another error of the first question. */
  readonly fails?: string;
  /** Addresses with this do not answer. */
  readonly away?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

function run({ done, fails, away, environment = named('mongodb-init').environment }: Shell): readonly unknown[] {
  const told: unknown[] = [];
  const connect = (address: string) => {
    if (away !== undefined && address.includes(away)) throw new Error('connect ECONNREFUSED');
    return shell(address);
  };
  const shell = (address: string) => ({
    adminCommand: (command: Record<string, unknown>) => {
      if (fails !== undefined) throw Object.assign(new Error('refused'), { codeName: fails });
      if ('replSetGetStatus' in command) {
        if (!done) throw Object.assign(new Error('no replset config'), { codeName: 'NotYetInitialized' });
      } else told.push([new URL(address).host, command]);
    },
    getUser: () => (done ? { user: 'hub' } : null),
    createUser: (user: object) => told.push(['create', new URL(address.replace(/,[^/]*/, '')).pathname, user]),
    updateUser: (name: string, user: object) => told.push(['update', name, user]),
    grantRolesToUser: (name: string, roles: readonly object[]) => told.push(['grant', name, roles]),
  });
  const files = { readFileSync: (file: string) => `${file.split('/').at(-1)}/ü\n` };
  const require = (name: string): unknown => (name === 'node:fs' ? files : createRequire(import.meta.url)(name));
  const [print, process] = [() => undefined, { env: environment }];
  runInNewContext(textOf('ops/mongodb-init.js'), { connect, require, print, process, encodeURIComponent });
  return told;
}

const HUB = { pwd: 'mongodb-hub-password/ü' };
const rightTo = (db: string) => ['grant', 'hub', [{ role: 'readWrite', db }]];

test('three servers become a replica set, and the hub gets an account that may write its own database only', () => {
  expect(run({ done: false })).toEqual([
    [
      'mongodb-1:27017',
      {
        replSetInitiate: {
          _id: 'xinqiao',
          members: [1, 2, 3].map((n) => ({ _id: n - 1, host: `mongodb-${n}:27017` })),
        },
      },
    ],
    ['create', '/xinqiao', { user: 'hub', ...HUB, roles: [] }],
    rightTo('xinqiao'),
  ]);
});

test('run again it changes the password of that account to the one in the file, and nothing else', () => {
  expect(run({ done: true })).toEqual([['update', 'hub', HUB], rightTo('xinqiao')]);
});

test('the account that is there is let into the database of a restore, and keeps the one that it had', () => {
  const environment = { STORE_DATABASE: 'xinqiao_restored' };
  expect(run({ done: true, environment })).toEqual([['update', 'hub', HUB], rightTo('xinqiao_restored')]);
});

test('of a set that stands the first member may be lost: the account is made at the others', () => {
  expect(run({ done: true, away: 'mongodb-1:27017/admin' })).toEqual([['update', 'hub', HUB], rightTo('xinqiao')]);
  expect(() => run({ done: false, away: 'mongodb-1:27017' })).toThrow('ECONNREFUSED');
});

test('what it does not understand ends it', () => {
  expect(() => run({ done: false, fails: 'Unauthorized' })).toThrow('refused');
});
