import type { Department, DeploymentEntry } from '../departments.ts';
import { inProcessAddress } from '../in-process-address.ts';

/** The hub's subgraph that owns `Person`, makes the decisions and merges the timeline. */
const PERSON = 'person';

export interface SubgraphDocument {
  readonly name: string;
  readonly url: string;
  /** The whole SDL: shared definitions, the subgraph's own, and what is generated for it. */
  readonly sdl: string;
  readonly department: Department | null;
}

/**
 * The SDL of each subgraph of a deployment. What the person subgraph must declare for each department is generated here,
 * so that a new department edits no existing file.
 */
export function subgraphDocuments({
  deployment,
  departments,
  read,
}: {
  deployment: readonly DeploymentEntry[];
  departments: readonly Department[];
  /** Text of a file in `schema/`, e.g. `health.graphql`. */
  read: (file: string) => string;
}): readonly SubgraphDocument[] {
  const shared = `${read('shared.graphql')}\n${departmentEnum(departments)}`;
  return deployment.map(({ name, url = inProcessAddress(name) }) => ({
    name,
    url,
    department: departments.find(({ slug }) => slug === name) ?? null,
    sdl: [shared, read(`${name}.graphql`), ...(name === PERSON ? [personPart(departments)] : [])].join('\n'),
  }));
}

function departmentEnum(departments: readonly Department[]): string {
  const values = departments.map(({ code, zh, en }) => `  "${zh}。 / ${en}."\n  ${code}`);
  return `"成员部门。 / A member department."\nenum Department {\n${values.join('\n')}\n}\n`;
}

/** Grant fields, and the timeline that requires every department's events. */
function personPart(departments: readonly Department[]): string {
  const grants = departments.flatMap(({ field, grantField, facetType }) => [
    `  ${grantField}: String @inaccessible`,
    `  ${field}: ${facetType} @external`,
  ]);
  const requires = departments.map(
    ({ field }) =>
      `${field} { source { status } events { date department category code title organisation } truncatedBefore }`,
  );
  const facets = departments.map(
    ({ facetType }) =>
      `type ${facetType} @classified(as: "DERIVED") {
  source: FacetSource! @external
  events: [TimelineEvent!] @external
  truncatedBefore: PartialDate @external
}
`,
  );
  return `extend type Person {
${grants.join('\n')}
  "各部门事件合成的时间线，新的在前；缺少的部门在 gaps 中说明。 / The departments' events as one timeline, newest first; gaps names what is missing."
  timeline("最多 200。 / At most 200." first: NonNegativeInt = 20, "上一页的末个游标。 / The last cursor of the page before." after: String): TimelineConnection
    @cost(weight: 5)
    @listSize(assumedSize: 20, sizedFields: ["edges"])
    @slicedBy(arguments: ["first"])
    @classified(as: "DERIVED")
    @requires(fields: "${requires.join(' ')}")
}

${facets.join('\n')}`;
}
