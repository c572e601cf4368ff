/** Turns answers into the few lines that the demo prints. */

export const FACET_FIELDS = ['education', 'health', 'civilAffairs', 'justice', 'womensFederation', 'union'] as const;

/** Throws when a step of the story did not give what it should. */
export function check(holds: boolean, claim: string): asserts holds {
  if (!holds) throw new Error(claim);
}

type Facet = Readonly<Record<string, unknown>> & { readonly source: { readonly status: string } };

/** One line a department: status, and how many rows of each category came. */
export function facetLines(person: Readonly<Record<string, Facet | null>>): readonly string[] {
  return FACET_FIELDS.map((field) => {
    const facet = person[field];
    if (!facet) return `${field.padEnd(17)} –`;
    const { source, ...categories } = facet;
    const rows = Object.entries(categories).map(
      ([name, value]) => `${name} ${Array.isArray(value) ? value.length : '–'}`,
    );
    return `${field.padEnd(17)} ${source.status.padEnd(9)} ${rows.join(', ')}`;
  });
}

interface Facts {
  readonly education: { readonly counselling: readonly { readonly opened: string; readonly sessions: number }[] };
  readonly health: { readonly followUp: readonly { readonly plan: string; readonly nextDue: string }[] };
  readonly civilAffairs: {
    readonly childWelfare: readonly { readonly category: string; readonly childDirector: string }[];
  };
  readonly justice: { readonly mediation: readonly { readonly committee: string; readonly stage: string }[] };
}

/** One fact of each of four departments, to show that there is something behind the numbers. */
export function factLines({ education, health, civilAffairs, justice }: Facts): readonly string[] {
  const latest = education.counselling.at(-1);
  const [followUp] = health.followUp;
  const [welfare] = civilAffairs.childWelfare;
  const [mediation] = justice.mediation;
  return [
    `counselling since ${latest?.opened}: ${latest?.sessions} sessions (no text leaves the school)`,
    `follow-up: ${followUp?.plan}, next due ${followUp?.nextDue}`,
    `child welfare: ${welfare?.category}, child director ${welfare?.childDirector}`,
    `mediation: ${mediation?.committee}, ${mediation?.stage}`,
  ];
}

interface Timeline {
  readonly edges: readonly {
    readonly node: { readonly date: string; readonly department: string; readonly title: string };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean };
}

export function timelineLines({ edges, pageInfo }: Timeline): readonly string[] {
  const events = edges.map(({ node }) => `  ${node.date.padEnd(10)} ${node.department.padEnd(17)} ${node.title}`);
  return ['timeline:', ...events, ...(pageInfo.hasNextPage ? ['  …'] : [])];
}
