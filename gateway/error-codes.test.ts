import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { buildSchema, GraphQLEnumType } from 'graphql';
import { ERROR_CODES } from './error-codes.ts';

const inProject = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const [ofAnswers = '', ofMutations = ''] = inProject('docs/errors.md').split('\n## 变更的可改正错误');

/** Each `### heading` with the text below it, up to the next heading. */
const sections = (page: string) =>
  page
    .split(/\n##+ /)
    .slice(1)
    .filter((section) => section.startsWith('`'));
const headings = (page: string) => sections(page).map((section) => section.split('\n')[0]);
/** The code in the example, which must be JSON. */
const exampleCode = (section: string): unknown => {
  const example = JSON.parse(/```json\n([^`]*)```/.exec(section)?.[1] ?? 'null');
  return example?.extensions?.code ?? example?.code;
};

test('docs/errors.md explains every code of an answer, with its HTTP status, and no other', () => {
  expect(headings(ofAnswers).toSorted()).toEqual(
    Object.entries(ERROR_CODES)
      .map(([code, status]) => `\`${code}\` · HTTP ${status}`)
      .toSorted(),
  );
});

const api = buildSchema(inProject('schema/generated/api.graphql'));
const valuesOf = (type: unknown) => (type instanceof GraphQLEnumType ? type.getValues().map(({ name }) => name) : []);

test('docs/errors.md explains every user error of the published API, and no other', () => {
  const names = valuesOf(api.getType('UserErrorCode')).map((name) => `\`${name}\``);
  expect(headings(ofMutations).toSorted()).toEqual(names.toSorted());
});

/** The tables of docs/errors.md below a heading that names the type whose codes they explain. */
const tables = new Map(
  [...ofMutations.matchAll(/\n`(\w+)\.code`(.*?)(?=\n## |$)/gs)].map(([, type = '', table = '']) => [
    type,
    [...table.matchAll(/^\| `(\w+)` +\|/gm)].map(([, code]) => code),
  ]),
);

test('every type of user error has its codes explained, and no other', () => {
  const explained = Object.values(api.getTypeMap()).filter(({ name }) => /.UserErrorCode$/.test(name));
  expect(explained.length).toBeGreaterThan(2);
  expect(Object.fromEntries(tables)).toEqual(
    Object.fromEntries(explained.map((codes) => [codes.name.replace(/Code$/, ''), valuesOf(codes)])),
  );
});

const all = [...sections(ofAnswers), ...sections(ofMutations)];
test.each(all.map((section) => [section.split(/[\n ]/)[0] ?? '', section]))(
  '%s is explained in both languages, with an example of its own',
  (code, section) => {
    expect(`\`${String(exampleCode(section))}\``).toBe(code);
    expect(section).toMatch(/\p{Script=Han}[^\n]* \/ [^\n]*[a-z]/u);
  },
);
