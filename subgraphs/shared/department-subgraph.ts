import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import type { ReferralDesk } from '../../adapters/shared/referral-desk.ts';
import type { DepartmentSource } from '../../adapters/shared/source.ts';
import type { Settings, SettingsTable } from '../../adapters/shared/settings.ts';
import { type Department, departmentsOf, readDeployment } from '../../schema/departments.ts';
import { type CategoryRead, categoryLoaders, type CategoryLoaders, type CategoryTable } from './category-loaders.ts';
import { type FacetEvents, newestEvents } from './facet-events.ts';
import { type Grant, isGranted, openGrant } from './grant.ts';
import type { HubRequest } from './hub-request.ts';
import { executableSubgraph } from './executable-subgraph.ts';
import { type Log, silentLog } from './log.ts';
import { requestedFields } from './requested-fields.ts';
import { noBasis, sourceFailure } from './source-failure.ts';
import { subgraphSdl } from './subgraph-sdl.ts';
import type { Subgraph, SubgraphModule, SubgraphServices } from './subgraph.ts';

interface DepartmentModuleOptions<Source extends DepartmentSource, Table extends SettingsTable> {
  /** E.g. `health`; must stand in `schema/deployment.json`. */
  readonly slug: string;
  readonly settings: Table;
  readonly createSource: (settings: Settings<Table>, deps: SourceDeps) => Source;
  /** Where the department's own system takes referrals; elsewhere the hub's API is the way. */
  readonly createDesk?: (settings: Settings<Table>, deps: SourceDeps) => ReferralDesk;
  /** One entry a category: how it is read through the port, and which event of the timeline a row makes. */
  readonly categories: CategoryTable<Source>;
}

/** What a source may use besides its settings. */
interface SourceDeps {
  readonly log: Log;
}

/** A department's module: what the deployment loads, its source for the link command and its desk for the desk command. */
export interface DepartmentModule<Source extends DepartmentSource> extends SubgraphModule {
  createSource(settings: Readonly<Record<string, unknown>>, deps?: SourceDeps): Source;
  createDesk?(settings: Readonly<Record<string, unknown>>, deps: SourceDeps): ReferralDesk;
  /** The subgraph over any source, e.g. a fake. */
  createOver(source: Source, services: SubgraphServices): Subgraph;
}

interface Context {
  readonly request: HubRequest;
  readonly loaders: CategoryLoaders;
}

/** A person as this department's subgraph knows one: the id and what the grant allows. */
interface GrantedPerson {
  readonly id: string;
  readonly grant: Grant | null;
}

interface Facet {
  readonly grant: Grant;
  readonly reads: ReadonlyMap<string, CategoryRead>;
}

/**
 * A department's subgraph from a table. It holds no policy and no store: it opens the grant that the person subgraph
 * made, reads only the granted categories, all persons of a request in one batch a category, and answers nothing
 * without a grant (design, One request 5).
 *
 * @example
 * export const subgraph = departmentModule<HealthSource, typeof healthSettings>({
 *   slug: 'health',
 *   settings: healthSettings,
 *   createSource: fhirHealthSource,
 *   categories: {
 *     visits: category((source: HealthSource) => source.visitsOf, ({ date, organisation }) => ({
 *       date, code: 'VISIT', title: '就诊', organisation,
 *     })),
 *   },
 * });
 *
 * if (import.meta.main) await runSubgraph(subgraph, { kind: 'department' });
 */
export function departmentModule<Source extends DepartmentSource, Table extends SettingsTable>(
  options: DepartmentModuleOptions<Source, Table>,
): DepartmentModule<Source> {
  const department = departmentOf(options.slug);
  const createSource = (settings: Readonly<Record<string, unknown>>, deps: SourceDeps = { log: silentLog }) =>
    options.createSource(settings as Settings<Table>, deps);
  const createOver = (source: Source, { grantKey, log }: SubgraphServices): Subgraph => ({
    name: department.slug,
    ...executableSubgraph<Context>({
      sdl: subgraphSdl(department.slug),
      resolvers: {
        Person: { [department.field]: facetResolver(department) },
        [department.facetType]: facetFields(department, options.categories),
      },
      entities: { Person: grantedPersons(department, grantKey(department.slug)) },
      contextFor: (request) => ({
        request,
        loaders: categoryLoaders(source, options.categories, {
          department: department.slug,
          signal: request.signal,
          log,
        }),
      }),
    }),
    probe: (signal) => source.probe({ signal }),
    close: () => source.close(),
  });
  const { createDesk } = options;
  return {
    name: department.slug,
    settings: options.settings,
    createSource,
    ...(createDesk && { createDesk: (settings, deps) => createDesk(settings as Settings<Table>, deps) }),
    createOver,
    create: async (services) => createOver(createSource(services.settings, { log: services.log }), services),
  };
}

function departmentOf(slug: string): Department {
  const department = departmentsOf(readDeployment()).find((candidate) => candidate.slug === slug);
  if (department === undefined) throw new Error(`schema/deployment.json names no department ${slug}`);
  return department;
}

/** All grants are opened before any field resolves, so that the reads that follow fall into one batch. */
function grantedPersons({ slug, grantField }: Department, key: ReturnType<SubgraphServices['grantKey']>) {
  return async (representations: readonly Readonly<Record<string, unknown>>[], { request }: Context) =>
    representations.map((representation): GrantedPerson => {
      const id = String(representation.id);
      const token = representation[grantField];
      const expected = {
        audience: slug,
        key,
        personId: id,
        requestId: request.requestId,
        purpose: request.purpose,
        actor: request.caller.client,
      };
      return { id, grant: typeof token === 'string' ? openGrant(token, expected) : null };
    });
}

function facetResolver(department: Department) {
  return async (
    { grant }: GrantedPerson,
    _args: unknown,
    { loaders }: Context,
    info: GraphQLResolveInfo,
  ): Promise<Facet> => {
    const granted = department.categories.filter(({ slug }) => grant !== null && isGranted(grant, slug));
    if (grant === null || granted.length === 0) throw noBasis(department.slug, info);
    const fields = requestedFields(info);
    const all = fields.has('events') || fields.has('truncatedBefore');
    const wanted = all ? granted : granted.filter(({ field }) => fields.has(field));
    // Only `source` is asked: any category may tell whether the person is known there.
    const read = wanted.length === 0 && fields.has('source') ? granted : wanted;
    const reads = await loaders.readAll(
      grant,
      read.map(({ slug }) => slug),
    );
    const failures = [...reads.values()].filter((one) => 'failure' in one);
    const [failure] = failures;
    if (failure !== undefined && failures.length === reads.size)
      throw sourceFailure(failure.failure, department.slug, info);
    return { grant, reads };
  };
}

function facetFields<Source>(department: Department, table: CategoryTable<Source>) {
  const categoryFields = department.categories.map(({ slug, field }) => [
    field,
    ({ grant, reads }: Facet, _args: unknown, _context: Context, info: GraphQLResolveInfo) => {
      if (!isGranted(grant, slug)) throw noBasis(department.slug, info, slug);
      const read = reads.get(slug);
      if (read === undefined) throw new GraphQLError(`${slug} was not read`);
      if ('failure' in read) throw sourceFailure(read.failure, department.slug, info);
      return read.rows ?? [];
    },
  ]);
  const eventsOf = ({ reads }: Facet): FacetEvents => newestEvents(department, table, reads);
  return {
    ...Object.fromEntries(categoryFields),
    source: ({ reads }: Facet) => sourceOf(department, reads),
    events: (facet: Facet) => eventsOf(facet).events,
    truncatedBefore: (facet: Facet) => eventsOf(facet).truncatedBefore,
  };
}

function sourceOf({ code }: Department, reads: ReadonlyMap<string, CategoryRead>) {
  const all = [...reads.values()];
  const known = all.flatMap((read) => ('failure' in read || read.rows === null ? [] : [read]));
  const oldest = known.map(({ asOf }) => asOf).sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
  return { department: code, asOf: oldest, status: statusOf(all, known) };
}

function statusOf(all: readonly CategoryRead[], known: readonly { cached: boolean }[]) {
  if (all.some((read) => 'failure' in read)) return 'PARTIAL';
  if (known.length === 0) return 'NOT_KNOWN';
  return known.some(({ cached }) => cached) ? 'CACHED' : 'CURRENT';
}
