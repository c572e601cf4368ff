/** A department's subgraph over its sample system, and persons with grants for it. Test support. */
import { createSecretKey } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { readSettings } from '../../adapters/shared/settings.ts';
import type { DepartmentSource } from '../../adapters/shared/source.ts';
import type { DepartmentSystem } from '../../e2e/systems/shared/department-system.ts';
import { localIdsOf } from '../../e2e/systems/world/local-ids-of.ts';
import type { World, WorldPerson } from '../../e2e/systems/world/model.ts';
import { createWorld, storyPerson } from '../../e2e/systems/world/world.ts';
import { type Department, departmentsOf, readDeployment } from '../../schema/departments.ts';
import type { DepartmentModule } from './department-subgraph.ts';
import { type AccessBasis, type Grant, signGrant } from './grant.ts';
import type { HubRequest } from './hub-request.ts';
import type { Subgraph } from './subgraph.ts';

/** What a grant says other than that one person's every category is granted by consent. */
export interface GrantChanges extends Partial<Omit<Grant, 'parts'>> {
  readonly id?: string;
  readonly categories?: readonly string[];
  readonly basis?: AccessBasis;
  readonly audience?: string;
}

/** Facets in the order of the persons and errors, as a caller would see them. */
interface Answer {
  // Each test names the shape that it expects.
  readonly facets: readonly any[]; // oxlint-disable-line typescript/no-explicit-any
  readonly errors: readonly {
    readonly path: readonly string[];
    readonly extensions: Readonly<Record<string, string>>;
  }[];
}

export interface DepartmentUnderTest<Source> {
  readonly department: Department;
  readonly world: World;
  /** The local ids of a person, or of the person of a story. */
  idsOf(of: WorldPerson | string): readonly string[];
  /** Another source on the same system, with a circuit breaker of its own; to be closed. */
  /** With this deadline instead of the default, where the department's source has one. */
  anotherSource(timeoutMs?: number): Source & Pick<DepartmentSource, 'close'>;
  /** The sample system that the subgraph asks; started before the tests. */
  system(): DepartmentSystem;
  /** What the subgraph and its adapter logged. */
  readonly logged: readonly object[];
  /** A person as the gateway names one to the department's subgraph. */
  personWith(localIds: readonly string[], changes?: GrantChanges): Promise<object>;
  /** Asks for fields of the facets of these persons, of the sample system or of another source. */
  ask(fields: string, persons: readonly object[], over?: Source): Promise<Answer>;
}

const KEY = createSecretKey(Buffer.alloc(32, 7));
const REQUEST: HubRequest = {
  requestId: 'request-1',
  purpose: 'CARE',
  signal: new AbortController().signal,
  caller: {
    subject: 'worker',
    client: 'a-system',
    organisation: null,
    department: null,
    division: '390106',
    roles: [],
    scopes: [],
    purposes: ['CARE'],
    personId: null,
  },
};

const nothing = () => {
  throw new Error('a department has neither store nor vault');
};

/** Starts the department's sample system before the tests of the file and stops it after them. */
export function departmentUnderTest<Source extends DepartmentSource>(
  module: DepartmentModule<Source>,
  start: (options: { readonly world: World }) => Promise<DepartmentSystem>,
): DepartmentUnderTest<Source> {
  const world = createWorld();
  const department = departmentOf(module.name);
  const logged: object[] = [];
  const note = (entry: object) => void logged.push(entry);
  const servicesWith = (settings: Readonly<Record<string, unknown>>) => ({
    settings,
    grantKey: () => KEY,
    store: nothing,
    vault: nothing,
    spool: nothing,
    log: { error: note, warn: note, info: note },
  });
  let system: DepartmentSystem;
  let subgraph: Subgraph;
  beforeAll(async () => {
    system = await start({ world });
    subgraph = await module.create(servicesWith(readSettings(module.settings, system.settings).values));
  });
  afterAll(async () => {
    await subgraph.close();
    await system.close();
  });

  return {
    department,
    world,
    logged,
    system: () => system,
    anotherSource: (timeoutMs) => {
      const deadline = timeoutMs === undefined ? {} : { [`${department.code}_TIMEOUT_MS`]: String(timeoutMs) };
      return module.createSource(readSettings(module.settings, { ...system.settings, ...deadline }).values);
    },
    idsOf: (of) => localIdsOf(world, typeof of === 'string' ? storyPerson(world, of) : of, department.slug),
    personWith: (localIds, changes) => granted(department, localIds, changes),
    async ask(fields, persons, over) {
      const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Person { ${department.field} { ${fields} } } } }`;
      const asked = over === undefined ? subgraph : module.createOver(over, servicesWith({}));
      const result = await asked.execute({ query, variables: { of: persons } }, { ...REQUEST });
      const { data, errors = [] } = JSON.parse(JSON.stringify(result));
      const facets = (data?._entities ?? []).map((person: Record<string, unknown>) => person[department.field]);
      return { facets, errors };
    },
  };
}

function departmentOf(slug: string): Department {
  const department = departmentsOf(readDeployment()).find((candidate) => candidate.slug === slug);
  if (department === undefined) throw new Error(`the deployment has no department ${slug}`);
  return department;
}

async function granted(department: Department, localIds: readonly string[], changes: GrantChanges = {}) {
  const { id = 'person-1', basis = 'CONSENT', audience = department.slug, ...changed } = changes;
  const { categories = department.categories.map(({ slug }) => slug), ...claims } = changed;
  const grant = {
    personId: id,
    purpose: REQUEST.purpose,
    actor: REQUEST.caller.client,
    requestId: REQUEST.requestId,
    ...claims,
    parts: categories.length === 0 ? [] : [{ basis, categories, localIds }],
  };
  return { __typename: 'Person', id, [department.grantField]: signGrant(grant, { audience, key: KEY }) };
}
