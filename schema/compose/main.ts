import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { marked } from '../composed-together.ts';
import { readDeployment } from '../departments.ts';
import { composeHub, type HubSchema } from './compose-hub.ts';
import { apiTypes } from './api-types.ts';
import { permissionReference } from './permission-reference.ts';

const HELP = `npm run compose [-- --check | --publish]

Composes the subgraphs of schema/deployment.json into schema/generated: the planner's supergraph, the public API schema,
the permission table, each subgraph's whole SDL; and docs/permissions.md.

  --check     writes nothing; fails if what is committed is not what would be written
  --publish   also makes the present API the published one of its version (schema/version.json), against which
              later changes are checked for breakage`;

const schemaFolder = new URL('../', import.meta.url);
const inSchema = (file: string) => fileURLToPath(new URL(file, schemaFolder));
const text = (file: string) => readFileSync(inSchema(file), 'utf8');

process.exitCode = await main();

async function main(): Promise<number> {
  const options = readOptions();
  if (options === null) return 2;
  return options.help ? help() : run(options);
}

interface Options {
  readonly check?: boolean;
  readonly publish?: boolean;
  readonly help?: boolean;
}

function readOptions(): Options | null {
  try {
    const flag = { type: 'boolean' } as const;
    return parseArgs({ options: { check: flag, publish: flag, help: flag } }).values;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return null;
  }
}

function help(): number {
  console.log(HELP);
  return 0;
}

async function run(options: Options): Promise<number> {
  const { version } = z.object({ version: z.int().min(1) }).parse(JSON.parse(text('version.json')));
  const publishedFile = `published/v${version}.graphql`;
  const { schema, problems } = composeHub({
    deployment: readDeployment(),
    read: text,
    hubScopes: new Set(
      z
        .array(z.object({ name: z.string() }))
        .parse(JSON.parse(text('scopes.json')))
        .map(({ name }) => name),
    ),
    published: existsSync(inSchema(publishedFile)) ? text(publishedFile) : null,
  });
  if (schema === null) {
    console.error(
      `The schema was not composed; ${problems.length} problem(s):\n${problems.map((p) => `  ${p}`).join('\n')}`,
    );
    return 1;
  }
  if (!options.publish && !existsSync(inSchema(publishedFile))) {
    console.error(
      `schema/${publishedFile} is missing: breakage could not be seen. Publish this version: npm run compose -- --publish`,
    );
    return 1;
  }
  const files = await outputs(schema);
  if (options.publish) files.set(publishedFile, schema.api);
  return options.check ? check(files) : write(files);
}

async function outputs({
  subgraphs,
  supergraph,
  api,
  permissions,
  departments,
}: HubSchema): Promise<Map<string, string>> {
  const table = JSON.stringify(Object.fromEntries(permissions), null, 1);
  return new Map(
    [
      ...subgraphs.map(({ name, sdl }) => [`generated/subgraphs/${name}.graphql`, sdl] as const),
      ['generated/supergraph.graphql', marked({ supergraph, api, permissions: table })],
      ['generated/api.graphql', api],
      ['generated/api-types.ts', await apiTypes(api)],
      ['generated/permissions.json', table],
      ['../docs/permissions.md', permissionReference(permissions, departments)],
    ].map(([file = '', content = '']) => [file, `${content.trimEnd()}\n`] as const),
  );
}

function check(files: ReadonlyMap<string, string>): number {
  const stale = [...files].filter(([file, content]) => !existsSync(inSchema(file)) || text(file) !== content);
  for (const [file] of stale) console.error(`${file} is not up to date; run: npm run compose`);
  return stale.length === 0 ? 0 : 1;
}

function write(files: ReadonlyMap<string, string>): number {
  mkdirSync(inSchema('generated/subgraphs'), { recursive: true });
  mkdirSync(inSchema('published'), { recursive: true });
  for (const [file, content] of files) writeFileSync(inSchema(file), content);
  console.log(`Composed: ${files.size} files up to date.`);
  return 0;
}
