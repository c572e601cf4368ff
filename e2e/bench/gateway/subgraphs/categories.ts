/** A data category of one of the benchmark's departments, and the type and field that hold it. */
export interface BenchCategory {
  readonly department: string;
  readonly slug: string;
  /** `health:visits` */
  readonly name: string;
  /** `health:visits:read` */
  readonly scope: string;
  readonly field: string;
}

const FIELDS = {
  education: { EducationFacet: ['enrolment', 'counselling'] },
  health: { HealthFacet: ['visits', 'medication'] },
  'civil-affairs': { CivilAffairsFacet: ['assistance', 'guidance'] },
  justice: { JusticeFacet: ['legalAid', 'mediation'] },
};

/** Two of each of four departments. */
export const BENCH_CATEGORIES: readonly BenchCategory[] = Object.entries(FIELDS).flatMap(([department, facets]) =>
  Object.entries(facets).flatMap(([type, fields]) =>
    fields.map((field) => {
      const slug = field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const name = `${department}:${slug}`;
      return { department, slug, name, scope: `${name}:read`, field: `${type}.${field}` };
    }),
  ),
);
