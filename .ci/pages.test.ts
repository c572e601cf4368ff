import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';

const root = fileURLToPath(new URL('../', import.meta.url));
const text = (file: string) => readFileSync(join(root, file), 'utf8');
const pages = globSync(['*.md', '*/README.md', '.ci/README.md', 'e2e/*/README.md', 'docs/**/*.md'], {
  cwd: root,
}).filter((file) => !file.startsWith('node_modules'));
const api = buildSchema(text('schema/generated/api.graphql'));
const all = (page: string, pattern: RegExp) => [...text(page).matchAll(pattern)].map(([, found = '']) => found);

test.each(pages)('every link of %s leads somewhere', (page) => {
  const links = all(page, /\]\(([^)#\s]+)/g).filter((link) => !/^https?:/.test(link));
  expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
});

test.each(pages.filter((page) => page.includes('/') && page.endsWith('README.md')))(
  '%s has at most 15 lines',
  (page) => {
    expect(text(page).trimEnd().split('\n').length).toBeLessThanOrEqual(15);
  },
);

test('the READMEs tell what a person sees by a query of the published API, the same in both languages', () => {
  const [query = '', ...more] = ['README.md', 'README.zh-CN.md'].flatMap((page) => all(page, /```graphql\n(.*?)```/gs));
  expect(more).toEqual([query]);
  expect(validate(api, parse(query))).toEqual([]);
});

test('every operation in docs/integrating.md fits the published API, but for the one that shows a mistake', () => {
  const inBodies = all('docs/integrating.md', /"query": ("(?:[^"\\]|\\.)*")/g).map((json) => String(JSON.parse(json)));
  const inVariables = all('docs/integrating.md', /^[A-Z]+='((?:query|mutation) [^']*)'$/gm);
  const operations = [...inBodies, ...inVariables].filter((one) => /^(query|mutation|\{)/.test(one));
  expect(operations.length).toBeGreaterThan(10);
  const misfits = operations.filter((one) => validate(api, parse(one)).length > 0);
  expect(misfits).toEqual(['{ person(id: "x") { nickname } }']);
});

test('docs/decisions/import-rules.md explains the import rules that are checked, in their order', async () => {
  const { default: configuration } = await import('../.dependency-cruiser.js');
  expect(all('docs/decisions/import-rules.md', /\*\*([a-z0-9]+(?:-[a-z0-9]+)+)\.?\*\*/g)).toEqual(
    configuration.forbidden.map(({ name }: { name: string }) => name),
  );
});
