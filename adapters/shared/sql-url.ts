import { z } from 'zod';

export interface SqlAddress {
  readonly dialect: 'postgresql' | 'mysql' | 'mariadb';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** False only where the address says `?sslmode=disable`. */
  readonly tls: boolean;
}

const DEFAULT_PORTS: Record<SqlAddress['dialect'], number> = { postgresql: 5_432, mysql: 3_306, mariadb: 3_306 };
const FORM =
  'must be postgresql://, mysql:// or mariadb://user@host:port/database, with ?sslmode=disable for plain text';

/** Takes an address apart. Throws `TypeError` whose message says what it should be; it never shows the address. */
export function sqlAddress(raw: string): SqlAddress {
  const url = URL.parse(raw);
  const dialect = url?.protocol.slice(0, -1).replace(/^postgres$/, 'postgresql');
  if (url === null || !isDialect(dialect)) throw new TypeError(FORM);
  if (url.password !== '') throw new TypeError('must not carry the password, which has a setting of its own');
  const database = decoded(url.pathname.slice(1));
  if (url.hostname === '' || url.username === '' || database === '' || database.includes('/'))
    throw new TypeError(FORM);
  const [[option, mode] = [], ...others] = [...url.searchParams];
  if (others.length > 0 || (option !== undefined && option !== 'sslmode')) throw new TypeError(FORM);
  if (mode !== undefined && mode !== 'disable' && mode !== 'verify-full') throw new TypeError(FORM);
  return {
    dialect,
    // Drivers want an IPv6 address without its brackets.
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? DEFAULT_PORTS[dialect] : Number(url.port),
    user: decoded(url.username),
    database,
    tls: mode !== 'disable',
  };
}

/** For a table of settings. */
export const sqlUrl = z
  .string()
  .optional()
  .transform((raw, context) => {
    try {
      if (raw !== undefined) return (sqlAddress(raw), raw);
      context.addIssue({ code: 'custom', message: 'is required' });
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof TypeError ? error.message : FORM });
    }
    return z.NEVER;
  });

const isDialect = (name: string | undefined): name is SqlAddress['dialect'] =>
  name !== undefined && Object.hasOwn(DEFAULT_PORTS, name);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new TypeError(FORM);
  }
}
