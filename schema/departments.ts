import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** One data category of a department: the smallest thing that is shared, consented to and audited. */
export interface DataCategory {
  /** E.g. `follow-up`. */
  readonly slug: string;
  /** Field of the facet, e.g. `followUp`. */
  readonly field: string;
  /** `health:follow-up`: how the category is named across departments. */
  readonly name: string;
  /** `health:follow-up:read`. */
  readonly scope: string;
  /** Sensitive personal information: it takes a consent of its own (PIPL art. 28, 29). */
  readonly sensitive: boolean;
  /** Readable by named designated staff only (档案安排专人管理). */
  readonly custodian: boolean;
  /** Never readable by an employer, and so by no organisation outside the departments. */
  readonly closedToEmployers: boolean;
  /** Some of its records may be sealed: of those nobody else learns that they exist (刑事诉讼法 art. 286). */
  readonly sealable: boolean;
  /** Its department lets others who may see it hand it on by a referral (政务数据共享条例, 2025, art. 25). */
  readonly onward: boolean;
  readonly zh: string;
  readonly en: string;
}

/** A department, named once in the deployment file; everything else about its names is derived here. */
export interface Department {
  /** E.g. `civil-affairs`: folders, scopes, clients, subgraph name. */
  readonly slug: string;
  /** E.g. `CIVIL_AFFAIRS`: value of the enum `Department`. */
  readonly code: string;
  /** E.g. `civilAffairs`: field of `Person`. */
  readonly field: string;
  /** E.g. `civilAffairsGrant`. */
  readonly grantField: string;
  /** E.g. `CivilAffairsFacet`. */
  readonly facetType: string;
  readonly zh: string;
  readonly en: string;
  readonly categories: readonly DataCategory[];
}

/** One entry of `schema/deployment.json`: a subgraph loaded into the process (`module`) or reached over HTTP (`url`). */
export type DeploymentEntry = z.input<typeof entrySchema>;

const slug = z.string().regex(/^[a-z]+(-[a-z]+)*$/);
const bilingual = z.object({ zh: z.string().min(1), en: z.string().min(1) });
const categorySchema = bilingual.extend({
  sensitive: z.boolean().default(false),
  custodian: z.boolean().default(false),
  closedToEmployers: z.boolean().default(false),
  sealable: z.boolean().default(false),
  onward: z.boolean().default(false),
});
const entrySchema = z
  .object({
    name: slug,
    module: z.string().optional(),
    url: z.url({ protocol: /^https?$/ }).optional(),
    /** With `url`: it takes several operations in one request, as `serveSubgraph` does. */
    batches: z.boolean().optional(),
    department: bilingual.extend({ categories: z.record(slug, categorySchema) }).optional(),
  })
  .refine((entry) => (entry.module === undefined) !== (entry.url === undefined), 'needs either module or url');

/** The file that lists the hub's subgraphs when nothing else is configured. */
export const DEPLOYMENT_FILE = new URL('./deployment.json', import.meta.url);

/** Reads a deployment file. Throws with the place of the first mistake. */
export function readDeployment(file: URL | string = DEPLOYMENT_FILE): readonly DeploymentEntry[] {
  return z
    .array(entrySchema)
    .min(1)
    .parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The departments of a deployment, in its order. */
export function departmentsOf(deployment: readonly DeploymentEntry[]): readonly Department[] {
  return deployment.flatMap(({ name, department }) => {
    if (department === undefined) return [];
    const field = camelCase(name);
    return {
      slug: name,
      code: name.replaceAll('-', '_').toUpperCase(),
      field,
      grantField: `${field}Grant`,
      facetType: `${field.charAt(0).toUpperCase()}${field.slice(1)}Facet`,
      zh: department.zh,
      en: department.en,
      categories: Object.entries(department.categories).map(([category, rest]) => ({
        slug: category,
        field: camelCase(category),
        name: `${name}:${category}`,
        scope: `${name}:${category}:read`,
        ...categorySchema.parse(rest),
      })),
    };
  });
}

function camelCase(words: string): string {
  return words.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
