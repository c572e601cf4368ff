import { type Department, departmentsOf } from '../../schema/departments.ts';
import type { DepartmentOptions } from './options.ts';

/** What the placeholders of the templates stand for: `%Dept%`, `%slug%`, and for each category `%Row%`, `%field%` … */
export interface TemplateNames {
  readonly department: Readonly<Record<string, string>>;
  readonly categories: readonly Readonly<Record<string, string>>[];
}

/** Names that the templates, TypeScript or GraphQL use already: a category called `map` makes no type `Map`. */
const RESERVED =
  /^(Array|Batch|Boolean|Buffer|Date|DepartmentSource|Error|Float|ID|Int|JSON|Map|Math|Mutation|Number|Object|Owned|Promise|Query|Read|ReadOptions|Record|RegisterEntry|Set|SetAside|SourceError|String|Subscription)$/;

/** Names of a new department. `takenTypes` are the schema's: types are named once in the whole hub. */
export function templateNames(options: DepartmentOptions, takenTypes: ReadonlySet<string>): TemplateNames {
  const { code, field, facetType, categories } = departmentFrom(options);
  const Dept = facetType.replace(/Facet$/, '');
  const own = categories.map(({ slug, field: categoryField, zh, en }) => {
    const row = capitalised(categoryField);
    return {
      category: slug,
      field: categoryField,
      CATEGORY: slug.replaceAll('-', '_').toUpperCase(),
      Row: takenTypes.has(row) || RESERVED.test(row) ? `${Dept}${row}` : row,
      categoryZh: zh,
      categoryEn: en,
    };
  });
  const first = Object.fromEntries(Object.entries(own[0] ?? {}).map(([name, value]) => [`first.${name}`, value]));
  return {
    department: {
      slug: options.slug,
      zh: options.zh,
      en: options.en,
      name: uncapitalised(options.en),
      dept: field,
      Dept,
      CODE: code,
      ENV: code,
      ...first,
    },
    categories: own,
  };
}

/** The same derivation as for every department: what the deployment will say of it. */
function departmentFrom({ slug, zh, en, categories }: DepartmentOptions): Department {
  const bySlug = Object.fromEntries(categories.map((one) => [one.slug, { zh: one.zh, en: one.en }]));
  const [department] = departmentsOf([{ name: slug, department: { zh, en, categories: bySlug } }]);
  if (department === undefined) throw new Error('an entry with a department makes a department');
  return department;
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
/** An abbreviation (`EAP`) keeps its capitals. */
const uncapitalised = (text: string) =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
