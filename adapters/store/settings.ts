import { z } from 'zod';
import { type Setting, setting } from '../shared/settings.ts';

/** Where the store is. */
export type StoreUrl =
  | { readonly engine: 'sqlite'; readonly file: string }
  | {
      readonly engine: 'mongodb';
      readonly url: string;
      /** For messages: hosts and database, no account. */
      readonly name: string;
      readonly dbName: string;
    };

/** Where no database is named. */
const DATABASE = 'xinqiao';

const MONGODB =
  /^(?<scheme>mongodb(?:\+srv)?:)\/\/(?:(?<account>[^@/]*)@)?(?<hosts>[^@/?]+)(?:\/(?<database>[^?/]*))?(?:\?.*)?$/;

const storeUrl = z.string().transform((text, context): StoreUrl => {
  if (text.startsWith('sqlite:') && text.length > 'sqlite:'.length) {
    return { engine: 'sqlite', file: text.slice('sqlite:'.length) };
  }
  const { scheme = '', hosts, database } = MONGODB.exec(text)?.groups ?? {};
  if (hosts !== undefined) {
    const dbName = database || DATABASE;
    return { engine: 'mongodb', url: text, name: `${scheme}//${hosts}/${dbName}`, dbName };
  }
  context.addIssue({
    code: 'custom',
    message: 'must be sqlite:FILE, sqlite::memory: or mongodb://USER@HOST,HOST,HOST/DATABASE?replicaSet=NAME',
  });
  return z.NEVER;
});

/**
 * What is wrong with both together: whoever waits for a subgraph gives it up before the subgraph can tell that the store is
 * slow. An embedded store has no limit.
 */
export function storeTimeoutProblems(
  { STORE_URL, STORE_TIMEOUT_MS }: { readonly STORE_URL: StoreUrl | undefined; readonly STORE_TIMEOUT_MS: number },
  { SUBGRAPH_TIMEOUT_MS }: { readonly SUBGRAPH_TIMEOUT_MS: number },
): readonly string[] {
  return STORE_URL?.engine === 'mongodb' && STORE_TIMEOUT_MS >= SUBGRAPH_TIMEOUT_MS
    ? [`STORE_TIMEOUT_MS: ${STORE_TIMEOUT_MS} must be less than SUBGRAPH_TIMEOUT_MS, which is ${SUBGRAPH_TIMEOUT_MS}`]
    : [];
}

/** What is wrong with both together: a password that reaches nobody, or not the one that is used. */
export function storeAccountProblems({
  STORE_URL,
  STORE_PASSWORD,
}: {
  readonly STORE_URL: StoreUrl | undefined;
  readonly STORE_PASSWORD: string | undefined;
}): readonly string[] {
  if (STORE_URL?.engine !== 'mongodb' || STORE_PASSWORD === undefined) return [];
  if (accountOf(STORE_URL) === '')
    return ['STORE_PASSWORD: STORE_URL names no account that it is of; write mongodb://USER@HOST…, or leave it out'];
  return hasPassword(STORE_URL) ? ['STORE_PASSWORD: STORE_URL has a password in it too; take that one out'] : [];
}

/** Whether a password stands in the address itself. */
export const hasPassword = (url: StoreUrl | undefined): boolean =>
  url?.engine === 'mongodb' && accountOf(url).includes(':');

const accountOf = ({ url }: Extract<StoreUrl, { engine: 'mongodb' }>): string =>
  MONGODB.exec(url)?.groups?.['account'] ?? '';

export const storeSettings = {
  STORE_URL: {
    schema: z
      .string()
      .optional()
      .transform((value) => value ?? 'sqlite:./data/xinqiao.db')
      .pipe(storeUrl),
    description:
      'where the hub keeps its own data: sqlite:FILE, sqlite::memory: for a store that ends with the process, or mongodb://USER@HOST,HOST,HOST/DATABASE?replicaSet=NAME for several gateways',
    shown: 'sqlite:./data/xinqiao.db',
    inProduction: (store) =>
      store.engine === 'mongodb' && /^[^@/]*\/\/[^@/]*:[^@/]*@/.test(store.url)
        ? 'has a password in it; put that into the file of STORE_PASSWORD_FILE'
        : null,
  },
  STORE_PASSWORD: {
    schema: z.string().optional(),
    description: 'password of the account in a mongodb: STORE_URL',
    shown: 'none',
    secret: 'credential',
  },
  STORE_TIMEOUT_MS: {
    schema: setting.integer({ min: 100, max: 60_000, fallback: 3_000 }),
    description:
      'how long a request waits for one operation of a mongodb: store in milliseconds, below SUBGRAPH_TIMEOUT_MS, so that a slow store is told as such; of a subgraph apart compare it with that of the gateway too, which it does not know',
    shown: '3000',
  },
} satisfies {
  readonly STORE_URL: Setting<StoreUrl>;
  readonly STORE_PASSWORD: Setting<string | undefined>;
  readonly STORE_TIMEOUT_MS: Setting<number>;
};
