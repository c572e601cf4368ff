import { GraphQLError, parse } from 'graphql';
import { z } from 'zod';
import { areComposedTogether } from '../schema/composed-together.ts';
import { permissionTable, type PermissionTable } from '../schema/permission-table.ts';
import { type FileText, fileText, textOf } from './reload/file-text.ts';

/** By the setting that names the file. */
export type SchemaFiles<T> = Readonly<Record<'SUPERGRAPH_FILE' | 'API_FILE' | 'PERMISSIONS_FILE', T>>;

/** What the hub serves: three results of one composition. */
export interface ComposedSchema {
  readonly supergraphSdl: string;
  /** The public API, for `GET /schema.graphql`. */
  readonly apiSdl: string;
  readonly table: PermissionTable;
}

export async function readSchemaFiles({
  SUPERGRAPH_FILE,
  API_FILE,
  PERMISSIONS_FILE,
}: SchemaFiles<string>): Promise<SchemaFiles<FileText>> {
  const [supergraph, api, permissions] = await Promise.all([SUPERGRAPH_FILE, API_FILE, PERMISSIONS_FILE].map(fileText));
  const none = { unreadable: 'no file' };
  return {
    SUPERGRAPH_FILE: supergraph ?? none,
    API_FILE: api ?? none,
    PERMISSIONS_FILE: permissions ?? none,
  };
}

/** The schema that these files hold; `null` where something is wrong: then each problem is a line. */
export function composedSchema(
  files: SchemaFiles<FileText>,
):
  | { readonly schema: ComposedSchema; readonly problems: readonly [] }
  | { readonly schema: null; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const read = <T>(name: keyof typeof files, reader: (text: string) => T): T | null => {
    try {
      return reader(textOf(files[name]));
    } catch (error) {
      problems.push(`${name}: ${fileFault(error)}`);
      return null;
    }
  };
  const supergraphSdl = read('SUPERGRAPH_FILE', schemaText);
  const apiSdl = read('API_FILE', schemaText);
  const table = read('PERMISSIONS_FILE', permissionTable);
  if (supergraphSdl === null || apiSdl === null || table === null) return { schema: null, problems };
  const permissions = textOf(files.PERMISSIONS_FILE);
  if (!areComposedTogether({ supergraph: supergraphSdl, api: apiSdl, permissions })) return NOT_TOGETHER;
  return { schema: { supergraphSdl, apiSdl, table }, problems: [] };
}

const NOT_TOGETHER = {
  schema: null,
  problems: [
    'SUPERGRAPH_FILE: was not composed together with API_FILE and PERMISSIONS_FILE, or one of them was changed since; `npm run compose` writes all three',
  ],
} as const;

function schemaText(text: string): string {
  parse(text, { noLocation: true });
  return text;
}

/** One line: of a file of the wrong shape each place and what is wrong there. */
export function fileFault(error: unknown): string {
  if (error instanceof z.ZodError)
    return error.issues.map(({ path, message }) => `${path.join('.') || 'file'}: ${message}`).join('; ');
  // Both parsers quote what they cannot read.
  if (error instanceof SyntaxError) return 'is not valid JSON';
  if (error instanceof GraphQLError) return 'is not a GraphQL schema';
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'cannot be read';
}
