/** What ops/mongodb-init.js tells MongoDB, by a shell that writes it down. A real one has mongosh; none is at hand here. */
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { textOf } from './compose-file.ts';

interface Shell {
  /** Whether the members are a replica set already, and the hub has an account. */
  readonly done: boolean;
  /** Another error of the first question. */
  readonly fails?: string;
}

function run({ done, fails }: Shell): readonly unknown[] {
  const told: unknown[] = [];
  const connect = (address: string) => ({
    adminCommand: (command: Record<string, unknown>) => {
      if (fails !== undefined) throw Object.assign(new Error('refused'), { codeName: fails });
      if ('replSetGetStatus' in command) {
        if (!done) throw Object.assign(new Error('no replset config'), { codeName: 'NotYetInitialized' });
      } else told.push([new URL(address).host, command]);
    },
    getUser: () => (done ? { user: 'hub' } : null),
    createUser: (user: object) => told.push(['create', new URL(address.replace(/,[^/]*/, '')).pathname, user]),
    updateUser: (name: string, user: object) => told.push(['update', name, user]),
  });
  const files = { readFileSync: (file: string) => `${file.split('/').at(-1)}/ü\n` };
  const require = (name: string): unknown => (name === 'node:fs' ? files : createRequire(import.meta.url)(name));
  runInNewContext(textOf('ops/mongodb-init.js'), { connect, require, print: () => undefined, encodeURIComponent });
  return told;
}

const HUB = { pwd: 'mongodb-hub-password/ü', roles: [{ role: 'readWrite', db: 'xinqiao' }] };

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
    ['create', '/xinqiao', { user: 'hub', ...HUB }],
  ]);
});

test('run again it changes the password of that account to the one in the file, and nothing else', () => {
  expect(run({ done: true })).toEqual([['update', 'hub', HUB]]);
});

test('what it does not understand ends it', () => {
  expect(() => run({ done: false, fails: 'Unauthorized' })).toThrow('refused');
});
