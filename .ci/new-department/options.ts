import { parseArgs } from 'node:util';

export interface CategoryOption {
  readonly slug: string;
  readonly zh: string;
  readonly en: string;
}

export interface DepartmentOptions {
  readonly slug: string;
  readonly zh: string;
  readonly en: string;
  readonly categories: readonly CategoryOption[];
}

/** The command line is wrong, or what it asks for is there already; every problem is a line. Nothing was written. */
export class Refusal extends Error {
  constructor(problems: readonly string[]) {
    super(`No department was made; ${problems.length} problem(s):\n${problems.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'Refusal';
  }
}

const SLUG = /^[a-z]+(-[a-z]+)*$/;
const LONGEST = 40;
/** Both end up inside comments, strings and descriptions, where quotes and the like would end them. */
const CHINESE = /^(?=.*\p{Script=Han})[\p{Script=Han}0-9A-Za-z（）、· -]{1,40}$/u;
const ENGLISH = /^(?=.*[a-z])[A-Za-z0-9][A-Za-z0-9 '(),&-]{0,79}$/;
/** Fields of every facet and port: a category of that name would be one of them. */
const TAKEN_FIELDS = ['source', 'events', 'truncated-before', 'register', 'probe', 'close', 'id'];
/** Folders of adapters, subgraphs or sample systems that are no department's. */
const TAKEN_SLUGS = ['shared', 'store', 'world', 'person', 'referral', 'directory', 'indicators', 'consent', 'audit'];

/** Reads the command line. Throws `Refusal` with everything that is wrong with it; `help` where that was asked for. */
export function departmentOptions(args: readonly string[]): DepartmentOptions | 'help' {
  const { help, slug = '', zh = '', en = '', category = [] } = parsed(args);
  if (help) return 'help';
  const categories = category.map(categoryOf);
  const problems = [
    ...slugProblems('--slug', slug, TAKEN_SLUGS),
    ...nameProblems('--zh and --en', { zh, en }),
    ...(categories.length === 0 ? ['--category: at least one, as slug:中文:"English"'] : []),
    ...categories.flatMap((one, i) => [
      ...(one.parts === 3 ? [] : [`--category ${category[i]}: must be slug:中文:"English", without further colons`]),
      ...slugProblems(`--category ${category[i]}: its slug`, one.slug, TAKEN_FIELDS),
      ...nameProblems(`--category ${category[i]}: its names`, one),
    ]),
    ...twice(categories.map((one) => one.slug)).map((name) => `--category ${name}: given twice`),
  ];
  if (problems.length > 0) throw new Refusal(problems);
  return { slug, zh, en, categories: categories.map((one) => ({ slug: one.slug, zh: one.zh, en: one.en })) };
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = {
    slug: text,
    zh: text,
    en: text,
    category: { ...text, multiple: true },
    help: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new Refusal([`${error instanceof Error ? error.message : String(error)}; see --help`]);
  }
}

function categoryOf(text: string): CategoryOption & { readonly parts: number } {
  const parts = text.split(':').map((part) => part.trim());
  const [slug = '', zh = '', en = ''] = parts;
  return { slug, zh, en, parts: parts.length };
}

function slugProblems(what: string, slug: string, taken: readonly string[]): readonly string[] {
  if (slug.length > LONGEST || !SLUG.test(slug))
    return [`${what} must be lower-case words with hyphens, at most ${LONGEST} characters: medical-insurance`];
  return taken.includes(slug) ? [`${what} ${slug} is taken by the hub itself`] : [];
}

function nameProblems(what: string, { zh, en }: { zh: string; en: string }): readonly string[] {
  return [
    ...(CHINESE.test(zh) ? [] : [`${what}: a Chinese name is needed, at most 40 characters, without quotes`]),
    ...(ENGLISH.test(en) ? [] : [`${what}: an English name is needed, at most 80 characters, without quotes`]),
  ];
}

const twice = (slugs: readonly string[]) => [...new Set(slugs.filter((slug, i) => slugs.indexOf(slug) !== i))];
