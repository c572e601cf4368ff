// Who may import whom: the house's rules, one entry each, in the order of docs/decisions/import-rules.md.
import deployment from './schema/deployment.json' with { type: 'json' };

const departments = `(${deployment.flatMap(({ name, department }) => (department ? [name] : [])).join('|')})`;
const testSupport =
  '(\\.test|\\.stack|\\.contract|\\.fixture|\\.model|\\.crashes|/contract|/fake|-fixtures|/test-support/[^/]+)\\.ts$';
const drivers =
  '^(node:)?sqlite$|^(mongoose|pg|mysql2|soap|csv-parse|fast-xml-parser|@e965/xlsx|fflate|@electric-sql|@medplum|@opentelemetry|@prometheus-io)(/|$)|node_modules/(mongoose|pg|mysql2|soap|csv-parse|fast-xml-parser|@e965|fflate|@electric-sql|@medplum|@opentelemetry|@prometheus-io)/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    rule('gateway-knows-no-department', {
      from: { path: '^gateway/', pathNot: testSupport },
      to: { path: '^(adapters|subgraphs)/(?!shared/|store/|audit/|vault/|observability/)' },
    }),
    rule('adapters-know-no-graphql', {
      from: { path: '^adapters/', pathNot: testSupport },
      to: { path: '^(gateway|subgraphs|e2e)/|node_modules/(graphql|@apollo|@graphql-tools)/' },
    }),
    rule('departments-do-not-import-each-other', {
      from: {
        path: '^(adapters|subgraphs|e2e/systems)/([^/]+)/',
        pathNot: '^(adapters|subgraphs|e2e/systems)/(shared|store|world|person)/',
      },
      to: {
        path: `^(adapters|subgraphs|e2e/systems)/${departments}/`,
        pathNot: '^(adapters|subgraphs|e2e/systems)/$2/',
      },
    }),
    rule('shared-imports-no-department', {
      from: { path: '^(adapters|subgraphs)/shared/' },
      to: { path: '^(adapters|subgraphs)/(?!shared/|store/|audit/|vault/|observability/)' },
    }),
    rule('subgraphs-see-ports-only', {
      from: { path: '^subgraphs/', pathNot: `/main\\.ts$|${testSupport}` },
      to: {
        path: '^adapters/',
        pathNot:
          '^adapters/(shared/|[^/]+/port\\.ts$|(store|vault|audit|calendar|observability)/(open-[a-z]+|settings|walk|key-source|follow-keys|follow-versions|spool)\\.ts$)',
      },
    }),
    rule('ports-import-ports-only', {
      from: { path: '^adapters/[^/]+/port\\.ts$' },
      to: { pathNot: '^adapters/([^/]+/port|shared/source)\\.ts$|node_modules/zod/' },
    }),
    rule('drivers-stay-in-adapters', {
      from: { path: '^(gateway|subgraphs|schema)/' },
      to: { path: drivers },
    }),
    rule('production-imports-no-tests', {
      from: { path: '^(gateway|subgraphs|adapters|schema)/', pathNot: testSupport },
      to: { path: `^e2e/|node_modules/(msw|jest|@jest|fast-check)/|${testSupport}` },
    }),
    rule('e2e-enters-by-public-entry-points', {
      from: { path: '^e2e/' },
      to: {
        path: '^(gateway|subgraphs)/',
        pathNot:
          '^(gateway/(main|engine/compared-engine\\.fixture|fuzzed-(hub|seed)\\.fixture)\\.ts|subgraphs/[^/]+/main\\.ts|subgraphs/shared/(caller|key-derivation|assertion|grant|decisions)\\.ts)$',
      },
    }),
    rule('no-cycles', { from: {}, to: { circular: true } }),
    rule('no-orphans', {
      from: { orphan: true, pathNot: '(^|/)(main|[^/]+\\.(test|stack)|[^/]+\\.d)\\.ts$|^[^/]+\\.js$' },
      to: {},
    }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Packages stay in the picture, unfollowed: half of the rules speak of them.
    exclude: { path: '^data/' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};

function rule(name, { from, to }) {
  return { name, severity: 'error', from, to };
}
