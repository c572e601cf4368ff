import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import type { TemplateNames } from './names.ts';
import type { DepartmentOptions } from './options.ts';
import { render } from './render.ts';

/** Template → where it goes. Everything of a department is in folders of its own, and its SDL. */
const FILES = {
  'schema.graphql': 'schema/%slug%.graphql',
  'adapter/port.ts': 'adapters/%slug%/port.ts',
  'adapter/settings.ts': 'adapters/%slug%/settings.ts',
  'adapter/items.ts': 'adapters/%slug%/items.ts',
  'adapter/source.ts': 'adapters/%slug%/rest-%slug%-source.ts',
  'adapter/source.test.ts': 'adapters/%slug%/rest-%slug%-source.test.ts',
  'adapter/misuse.test.ts': 'adapters/%slug%/misuse.test.ts',
  'adapter/fake.ts': 'adapters/%slug%/fake.ts',
  'adapter/fake.test.ts': 'adapters/%slug%/fake.test.ts',
  'adapter/contract.ts': 'adapters/%slug%/contract.ts',
  'subgraph/main.ts': 'subgraphs/%slug%/main.ts',
  'subgraph/main.test.ts': 'subgraphs/%slug%/main.test.ts',
  'system/records.ts': 'e2e/systems/%slug%/records.ts',
  'system/system.ts': 'e2e/systems/%slug%/system.ts',
} as const;

/** Path below the project → text, formatted as the house formats. */
export async function plannedFiles(names: TemplateNames): Promise<ReadonlyMap<string, string>> {
  const made = Object.entries(FILES).map(async ([template, path]) => {
    const text = readFileSync(new URL(`templates/${template}.txt`, import.meta.url), 'utf8');
    return [render(path, names), await formatted(render(text, names), template)] as const;
  });
  return new Map(await Promise.all(made));
}

/** The deployment with one entry more, at its end; nothing else of the text changes. */
export async function deploymentWith(json: string, { slug, zh, en, categories }: DepartmentOptions): Promise<string> {
  const entry = {
    name: slug,
    module: `../subgraphs/${slug}/main.ts`,
    department: {
      zh,
      en,
      categories: Object.fromEntries(categories.map((one) => [one.slug, { zh: one.zh, en: one.en }])),
    },
  };
  const end = json.lastIndexOf(']');
  return formatted(`${json.slice(0, end).trimEnd()},\n${entryText(entry)}\n]\n`, 'deployment.json');
}

/** As the entries before it: a category a line. prettier keeps an object open where its first line ends early. */
function entryText({
  name,
  module,
  department: { zh, en, categories },
}: {
  name: string;
  module: string;
  department: { zh: string; en: string; categories: Readonly<Record<string, object>> };
}): string {
  const rows = Object.entries(categories).map(([slug, names]) => `${JSON.stringify(slug)}: ${JSON.stringify(names)}`);
  return `{
"name": ${JSON.stringify(name)},
"module": ${JSON.stringify(module)},
"department": {
"zh": ${JSON.stringify(zh)},
"en": ${JSON.stringify(en)},
"categories": {
${rows.join(',\n')}
}}}`;
}

async function formatted(text: string, name: string): Promise<string> {
  const house = await resolveConfig(new URL('../../package.json', import.meta.url));
  return format(text, { ...house, filepath: name });
}
