/** Domain, section 2, once more: departments, their categories, and what is marked about them. */

interface Department {
  readonly code: string;
  readonly slug: string;
  /** On `Person`, and the type it leads to. */
  readonly field: string;
  readonly facet: string;
  /** Category → field of the facet. */
  readonly categories: Readonly<Record<string, string>>;
}

export const DEPARTMENTS: readonly Department[] = [
  {
    code: 'EDUCATION',
    slug: 'education',
    field: 'education',
    facet: 'EducationFacet',
    categories: {
      enrolment: 'enrolment',
      counselling: 'counselling',
      assessment: 'assessment',
      protection: 'protection',
    },
  },
  {
    code: 'HEALTH',
    slug: 'health',
    field: 'health',
    facet: 'HealthFacet',
    categories: {
      visits: 'visits',
      diagnoses: 'diagnoses',
      assessment: 'assessment',
      'follow-up': 'followUp',
      medication: 'medication',
      rehabilitation: 'rehabilitation',
    },
  },
  {
    code: 'CIVIL_AFFAIRS',
    slug: 'civil-affairs',
    field: 'civilAffairs',
    facet: 'CivilAffairsFacet',
    categories: {
      assistance: 'assistance',
      'child-welfare': 'childWelfare',
      'elderly-care': 'elderlyCare',
      'family-guidance': 'familyGuidance',
    },
  },
  {
    code: 'JUSTICE',
    slug: 'justice',
    field: 'justice',
    facet: 'JusticeFacet',
    categories: { 'legal-aid': 'legalAid', mediation: 'mediation', reintegration: 'reintegration' },
  },
  {
    code: 'WOMENS_FEDERATION',
    slug: 'womens-federation',
    field: 'womensFederation',
    facet: 'WomensFederationFacet',
    categories: { 'family-support': 'familySupport', 'rights-case': 'rightsCase', hotline: 'hotline' },
  },
  {
    code: 'UNION',
    slug: 'union',
    field: 'union',
    facet: 'UnionFacet',
    categories: {
      'employee-assistance': 'employeeAssistance',
      'hardship-aid': 'hardshipAid',
      'workplace-mediation': 'workplaceMediation',
    },
  },
];

/** Readable by named designated staff only (docs/decisions/custodian-categories.md). */
export const CUSTODIAN: readonly string[] = ['education:counselling', 'womens-federation:rights-case'];
/** Never readable by an employer, and so by no organisation without a department. */
export const CLOSED_TO_EMPLOYERS: readonly string[] = ['union:employee-assistance'];

export const categoriesOf = ({ slug, categories }: Department): readonly string[] =>
  Object.keys(categories).map((name) => `${slug}:${name}`);
export const CATEGORIES: readonly string[] = DEPARTMENTS.flatMap(categoriesOf);
