/** A list of values for `column ${among(values)}`. */
export interface Among {
  readonly among: readonly string[];
}
/** A name that stands in the source code, never one that came from outside. */
export interface SqlName {
  readonly name: string;
}
export type SqlPart = string | number | Among | SqlName | SqlStatement;

/** SQL whose values stand apart from its text. Only a dialect puts them together, as parameters. */
export interface SqlStatement {
  readonly texts: readonly string[];
  readonly parts: readonly SqlPart[];
}
/** What a driver is given. */
export interface RenderedSql {
  readonly text: string;
  readonly values: readonly (string | readonly string[])[];
}

const NAME = /^[a-z_][a-z0-9_]*$/;

/** `sql\`SELECT name FROM person WHERE id ${among(ids)} LIMIT ${10}\``: no value can become text of the statement. */
export const sql = (texts: TemplateStringsArray, ...parts: readonly SqlPart[]): SqlStatement => ({ texts, parts });
export const among = (values: readonly string[]): Among => ({ among: values });

/** A table, view or column. Throws for anything but lower-case letters, digits and underscores. */
export function sqlName(name: string): SqlName {
  if (!NAME.test(name)) throw new RangeError('not a name of a table, view or column');
  return { name };
}

/** PostgreSQL: `$1`, and one array parameter for a list, so that a batch of any size is the same statement. */
export const postgresSql = (statement: SqlStatement): RenderedSql =>
  rendered(statement, {
    mark: (place) => `$${place}`,
    list: (values, add) => `= ANY(${add(values)})`,
  });

/** MariaDB and MySQL: `?`, a mark for each value of a list. They have no arrays. */
export const mariaDbSql = (statement: SqlStatement): RenderedSql =>
  rendered(statement, {
    mark: () => '?',
    // An empty list is no SQL there; nothing equals NULL.
    list: (values, add) => `IN (${values.length === 0 ? 'NULL' : values.map((value) => add(value)).join(', ')})`,
  });

type Add = (value: string | readonly string[]) => string;
interface Dialect {
  readonly mark: (place: number) => string;
  readonly list: (values: readonly string[], add: Add) => string;
}

function rendered(statement: SqlStatement, { mark, list }: Dialect): RenderedSql {
  const values: (string | readonly string[])[] = [];
  const add: Add = (value) => mark(values.push(value));
  const textOf = ({ texts, parts }: SqlStatement): string =>
    texts.map((text, i) => (i === 0 ? text : partOf(parts[i - 1] ?? '') + text)).join('');
  const partOf = (part: SqlPart): string => {
    if (typeof part === 'string') return add(part);
    if (typeof part === 'number') return wholeNumber(part);
    if ('among' in part) return list(part.among, add);
    if ('name' in part) return sqlName(part.name).name;
    return textOf(part);
  };
  return { text: textOf(statement), values };
}

/** Numbers are written out: MySQL does not take a parameter after LIMIT from every driver. */
function wholeNumber(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('only whole numbers from 0 stand in SQL');
  return String(value);
}
