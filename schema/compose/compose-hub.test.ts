import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { composeHub } from './compose-hub.ts';

const SHARED = readFileSync(new URL('../shared.graphql', import.meta.url), 'utf8');
const PERSON = `
  type Query { "一个人。 / One person." person(id: ID!): Person @classified(as: "HUB") }
  "一个人。 / A person."
  type Person @key(fields: "id") @classified(as: "HUB") { id: ID!  "姓名。 / Name." name: String @requiresScopes(scopes: [["person:identity:read"]]) }
  "时间线。 / Timeline."
  type TimelineConnection @classified(as: "DERIVED") { "各项。 / Edges." edges: [TimelineEvent!]!  "分页。 / Paging." pageInfo: PageInfo! }
  "词。 / Word."
  type Word @shareable @classified(as: "HUB") { "词。 / Word." w: Int }
`;
/** A department with two categories; a test replaces one part of it. */
const CLINIC = `
  type Person @key(fields: "id") { id: ID!  clinicGrant: String @external
    "诊所。 / The clinic." clinic: ClinicFacet @classified(as: "DERIVED") @requires(fields: "clinicGrant") }
  "诊所的部分。 / The clinic's facet."
  type ClinicFacet @classified(as: "DERIVED") {
    "来源。 / Source." source: FacetSource!
    "就诊。 / Visits." visits: [ClinicVisit!] @classified(as: "visits") @requiresScopes(scopes: [["clinic:visits:read"]])
    "诊断。 / Diagnoses." diagnoses: [ClinicDiagnosis!] @classified(as: "diagnoses") @requiresScopes(scopes: [["clinic:diagnoses:read"]])
    "事件。 / Events." events: [TimelineEvent!]
    "截断。 / Truncated." truncatedBefore: PartialDate
    #MORE
  }
  "就诊。 / A visit."
  type ClinicVisit @classified(as: "visits") { "日期。 / Date." date: PartialDate! }
  "诊断。 / A diagnosis."
  type ClinicDiagnosis @classified(as: "diagnoses") { "代码。 / Code." code: String! }
`;

function compose({ clinic = CLINIC, published = null }: { clinic?: string; published?: string | null } = {}) {
  const files: Record<string, string> = {
    'shared.graphql': SHARED,
    'person.graphql': PERSON,
    'clinic.graphql': clinic,
  };
  const words = { zh: '词', en: 'Word' };
  return composeHub({
    deployment: [
      { name: 'person', module: './person.ts' },
      {
        name: 'clinic',
        module: './clinic.ts',
        department: { ...words, categories: { visits: words, diagnoses: words } },
      },
    ],
    read: (file) => files[file] ?? '',
    hubScopes: new Set(['person:identity:read']),
    published,
  });
}

const composed = () => {
  const { schema, problems } = compose();
  if (schema === null) throw new Error(problems.join('\n'));
  return schema;
};

describe('two results of composition', () => {
  test("the planner's supergraph carries no permission directive, the table carries the scopes", () => {
    const { supergraph, permissions } = composed();
    expect(supergraph).not.toMatch(/requiresScopes|authenticated/);
    expect(permissions.get('ClinicFacet.visits')).toEqual({
      classification: 'clinic:visits',
      scopes: [['clinic:visits:read']],
    });
    expect(permissions.get('Person.name')).toEqual({ classification: 'HUB', scopes: [['person:identity:read']] });
  });

  test('a facet opens with any one of its scopes', () => {
    expect(composed().permissions.get('Person.clinic')?.scopes).toEqual([
      ['clinic:visits:read'],
      ['clinic:diagnoses:read'],
    ]);
  });

  test('how long lists are goes into the supergraph, for the gateway and for any other that plans by it', () => {
    const { supergraph, api } = composed();
    expect(supergraph).toMatch(/@listSize\(assumedSize: 20, sizedFields: \["edges"\]\)/);
    expect(supergraph).toMatch(/@slicedBy\(arguments: \["first"\]\)/);
    expect(api).not.toMatch(/listSize|slicedBy/);
  });

  test('grants are for the planner, not for the public', () => {
    const { supergraph, api } = composed();
    expect(supergraph).toContain('clinicGrant');
    expect(api).not.toContain('clinicGrant');
  });
});

const MISTAKES: readonly (readonly [string, (clinic: string) => string, string])[] = [
  [
    'a field without classification',
    (clinic) => clinic.replace('type ClinicVisit @classified(as: "visits")', 'type ClinicVisit'),
    'ClinicVisit.date: no classification',
  ],
  [
    'a category that the deployment does not have',
    (clinic) =>
      clinic.replace('type ClinicVisit @classified(as: "visits")', 'type ClinicVisit @classified(as: "rumours")'),
    'ClinicVisit.date: clinic:rumours is no data category',
  ],
  [
    'a scope that is neither a department’s nor the hub’s',
    (clinic) => clinic.replaceAll('clinic:visits:read', 'clinic:visits:peek'),
    'ClinicFacet.visits: scope clinic:visits:peek is neither',
  ],
  [
    'a field with a scope of its own that is not nullable',
    (clinic) => clinic.replace('visits: [ClinicVisit!] ', 'visits: [ClinicVisit!]! '),
    'ClinicFacet.visits: has a scope of its own and must therefore be nullable',
  ],
  [
    'a category behind the scope of another',
    (clinic) => clinic.replace('[["clinic:diagnoses:read"]]', '[["clinic:visits:read"]]'),
    'ClinicFacet.diagnoses: leads to clinic:diagnoses and must require clinic:diagnoses:read',
  ],
  [
    'a category reached without its scope',
    (clinic) => clinic.replace('#MORE', '"全部。 / All." all: [ClinicVisit!]'),
    'ClinicFacet.all: leads to clinic:visits and must require clinic:visits:read',
  ],
  [
    'a category reached through a union',
    (clinic) =>
      `${clinic.replace('#MORE', '"全部。 / All." all: [ClinicThing!] @requiresScopes(scopes: [["clinic:visits:read"]])')}
       "事物。 / A thing." union ClinicThing = ClinicVisit | ClinicDiagnosis`,
    'ClinicFacet.all: leads to clinic:diagnoses and must require clinic:diagnoses:read',
  ],
  [
    'a category in a type of several classes',
    (clinic) =>
      clinic
        .replace('#MORE', '"末次。 / Last." last: ClinicLast')
        .concat(
          '"末次。 / Last." type ClinicLast { "码。 / Code." code: String @classified(as: "diagnoses")  "词。 / Word." word: String @classified(as: "HUB") }',
        ),
    'ClinicFacet.last: leads to clinic:diagnoses and must require clinic:diagnoses:read',
  ],
  [
    'a category without a field',
    (clinic) => clinic.replace('visits: [ClinicVisit!]', 'visitList: [ClinicVisit!]'),
    'ClinicFacet.visits: missing; the deployment lists the category clinic:visits',
  ],
  [
    'a description in one language',
    (clinic) => clinic.replace('"日期。 / Date."', '"Date."'),
    'ClinicVisit.date: needs a description, Chinese first',
  ],
  [
    'a permission directive on a type',
    (clinic) =>
      clinic.replace(
        'type ClinicVisit @classified(as: "visits")',
        'type ClinicVisit @classified(as: "visits") @authenticated',
      ),
    'ClinicVisit: permission directives stand on fields only',
  ],
  [
    'a field that two subgraphs classify differently',
    (clinic) =>
      clinic
        .replace(
          'type Person @key',
          '"词。 / Word." type Word @shareable @classified(as: "visits") { "词。 / Word." w: Int }\n type Person @key',
        )
        .replace('#MORE', '"词。 / Word." word: Word @classified(as: "HUB") #WORD'),
    'Word.w: two subgraphs classify it differently',
  ],
  ['what is no GraphQL', (clinic) => clinic.replace('type ClinicFacet', 'typ ClinicFacet'), 'clinic: Syntax Error: '],
  ['what does not compose', (clinic) => clinic.replace('ID!  clinicGrant', 'Int!  clinicGrant'), 'Person.id'],
];

test.each(MISTAKES)('refused, naming the coordinate: %s', (_name, broken, problem) => {
  const { schema, problems } = compose({ clinic: broken(CLINIC) });
  expect(schema).toBeNull();
  expect(problems.filter((line) => line.includes(problem))).toHaveLength(1);
});

test('a breaking change of the published API is refused, an addition is not', () => {
  const published = composed().api;
  const gone = compose({ clinic: CLINIC.replace(' date: PartialDate!', ' day: PartialDate!'), published });
  expect(gone.problems).toEqual([
    expect.stringContaining('breaking change of the published API: ClinicVisit.date was removed'),
  ]);
  const added = compose({
    clinic: CLINIC.replace(' date: PartialDate!', ' date: PartialDate!  "止。 / To." to: PartialDate'),
    published,
  });
  expect(added.problems).toEqual([]);
});
