/** `npm run new-department`: a working skeleton of a department. See docs/adding-a-department.md. */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'graphql';
import { format } from 'prettier';
import { z } from 'zod';
import { templateNames, type TemplateNames } from './new-department/names.ts';
import { type DepartmentOptions, departmentOptions, Refusal } from './new-department/options.ts';
import { deploymentWith, plannedFiles } from './new-department/planned-files.ts';

const HELP = `npm run new-department -- --slug SLUG --zh 中文 --en "English" --category slug:中文:"English" [--category …]

Makes a department that works as it stands: its SDL, port, REST adapter, fake, contract and misuse suites, subgraph,
sample system, and its entry in schema/deployment.json. No file of TypeScript that is there already is changed.

  --slug SLUG       the one name that all others follow from: disability-federation
  --zh, --en        its name for people: 残联, "Disability federation"
  --category C      a data category, slug:中文:"English", at least one: rehabilitation-aid:康复救助:"Rehabilitation aid"
  --help            this text

The page: docs/adding-a-department.md`;

const root = fileURLToPath(new URL('../', import.meta.url));
const inProject = (path: string) => join(root, path);

try {
  const options = departmentOptions(process.argv.slice(2));
  if (options === 'help') console.log(HELP);
  else await make(options);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function make(options: DepartmentOptions): Promise<void> {
  const deploymentFile = inProject('schema/deployment.json');
  const deployment = readFileSync(deploymentFile, 'utf8');
  const problems = placesTaken(options.slug, deployment);
  if (problems.length > 0) throw new Refusal(problems);
  const names = templateNames(options, typesOfSchema());
  const files = await plannedFiles(names);
  const grown = await deploymentWith(deployment, options);

  for (const [path, text] of files) {
    mkdirSync(dirname(inProject(path)), { recursive: true });
    writeFileSync(inProject(path), text, { flag: 'wx' });
  }
  writeFileSync(deploymentFile, grown);
  console.log(await nextSteps(options, names, [...files.keys()]));
}

function placesTaken(slug: string, deployment: string): readonly string[] {
  const places = [`schema/${slug}.graphql`, `adapters/${slug}`, `subgraphs/${slug}`, `e2e/systems/${slug}`];
  const listed = z.array(z.object({ name: z.string() })).parse(JSON.parse(deployment));
  return [
    ...(listed.some(({ name }) => name === slug) ? [`schema/deployment.json: ${slug} is there already`] : []),
    ...places.filter((place) => existsSync(inProject(place))).map((place) => `${place} exists`),
  ];
}

/** Names of the types of all subgraphs. */
function typesOfSchema(): ReadonlySet<string> {
  const files = readdirSync(inProject('schema')).filter((file) => file.endsWith('.graphql'));
  const definitions = files.flatMap((file) => parse(readFileSync(inProject(`schema/${file}`), 'utf8')).definitions);
  return new Set(definitions.flatMap((one) => ('name' in one && one.name ? [one.name.value] : [])));
}

async function nextSteps(
  { slug, zh, en, categories }: DepartmentOptions,
  { department: { CODE, ENV, name } }: TemplateNames,
  files: readonly string[],
): Promise<string> {
  const client = {
    clientId: `${slug}-system`,
    kind: 'service',
    subject: randomUUID(),
    department: CODE,
    organisation: slug,
    division: '390106',
    roles: ['department-system'],
    purposes: ['CARE', 'REFERRAL', 'CRISIS_RESPONSE', 'MANDATORY_REPORTING'],
    scopes: categories.map((category) => `${slug}:${category.slug}:read`),
    optionalScopes: ['person:identity:read', 'person:match', 'person:register', 'person:crosswalk:read', 'schema:read'],
    note: { zh: `${zh}业务系统`, en: `System of the ${name}` },
  };
  return `${zh} / ${en}: written
${[...files, 'schema/deployment.json (one entry)'].map((file) => `  ${file}`).join('\n')}

Next (docs/adding-a-department.md has each in full):
  1. npm run compose && npm run configuration-page
     writes schema/generated, docs/permissions.md and docs/configuration.md
  2. Its client, among "clients" of schema/clients.json (its own categories by default; what others may ask for goes
     into their "optionalScopes"), then npm run realm, again after every change there:
${indented(await format(JSON.stringify(client), { parser: 'json', printWidth: 100 }), 5)}
  3. npm test -- ${slug}
     the skeleton's own tests; green before anything is filled in
  4. Fill in the mapping: schema/${slug}.graphql, adapters/${slug}/port.ts, items.ts, contract.ts, fake.test.ts,
     subgraphs/${slug}/main.ts (titles of the timeline); and the sample system, e2e/systems/${slug}/
  5. Settings of the running hub: ${ENV}_URL, ${ENV}_API_KEY (or ${ENV}_API_KEY_FILE)
  6. Its services in docker-compose.yml, its sample in ops/samples/
  7. npm run demo, then npm test`;
}

function indented(text: string, by: number): string {
  return text.trimEnd().replaceAll(/^/gm, ' '.repeat(by));
}
