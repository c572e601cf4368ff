import type { SmallSupergraph, World } from '../small-supergraph.ts';

/** `@override`, `@inaccessible` on everything it can stand on (fields, arguments, values and every kind of type), `@tag`, enums and inputs that differ by subgraph. */
export const registry: SmallSupergraph = {
  name: 'registry',
  words: ['k1', 'k2', 'none'],
  subgraphs: {
    old: `
      type Query {
        record(id: ID!, level: Level): Record @tag(name: "public")
        records(where: Filter, secret: Int = 7 @inaccessible): [Record]
        parties: [Party!]
      }
      type Record @key(fields: "id") {
        id: ID!  title: String  status: Status  owner: Party  secret: String @inaccessible
        hidden: Hidden @inaccessible  note(style: Style = { size: 2 }): String  ranks: [Status]
        worst: Status!
        seenBy: Covert @inaccessible  traces: [Trace] @inaccessible  cipher: Cipher @inaccessible
        grade: Grade @inaccessible  lured(by: Lure): Int @inaccessible
      }
      interface Party { name: String }
      type Citizen implements Party @key(fields: "id") { id: ID!  name: String  age: Int }
      type Agent implements Party & Covert @inaccessible { name: String  code: String }
      type Hidden @inaccessible { deep: String }
      interface Covert @inaccessible { code: String }
      union Trace @inaccessible = Agent | Hidden
      scalar Cipher @inaccessible
      enum Grade @inaccessible { TOP SECRET }
      input Lure @inaccessible { bait: Int }
      enum Status { OPEN SHUT SEALED @inaccessible }
      enum Level { LOW HIGH OLD_ONLY }
      input Filter { ids: [ID!]  level: Level  onlyOld: Int  limit: Int = 2 }
      input Style { size: Int = 1  bold: Boolean  shadow: Int @inaccessible }
    `,
    fresh: `
      type Query { newest(where: Filter): Record  statuses: [[Status!]] }
      type Record @key(fields: "id") { id: ID!  title: String @override(from: "old")  ranks: [Status] @override(from: "old")
        state: Status  graded(level: Level! = LOW): String  peers: [Record] }
      type Citizen @key(fields: "id") { id: ID!  age: Int @override(from: "old")  record: Record }
      enum Status { OPEN SHUT FRESH }
      enum Level { LOW HIGH }
      input Filter { ids: [ID!]  level: Level  onlyFresh: Int  limit: Int = 2 }
    `,
  },
  stale: { old: { 'Record.title': 'stale', 'Record.ranks': ['SHUT'], 'Citizen.age': -1 } },
  world,
};

interface Filter {
  readonly ids?: readonly string[] | null;
  readonly level?: string | null;
  readonly limit?: number | null;
}

function world(): World {
  const citizens = [{ __typename: 'Citizen', id: 'z1', name: 'Zhao', age: 30 }];
  const agent = { __typename: 'Agent', name: 'shadow', code: '007' };
  const records = [
    record(1, { status: 'OPEN', state: 'FRESH', owner: citizens[0], ranks: ['OPEN', 'FRESH'], worst: 'OPEN' }),
    record(2, { status: 'SEALED', state: 'SHUT', owner: agent, ranks: ['FRESH', null], worst: 'SHUT' }),
    record(3, { status: null, state: null, owner: null, ranks: null, worst: 'SEALED' }),
  ];
  Object.assign(citizens[0] ?? {}, { record: records[1] });
  records.forEach((one, i) => Object.assign(one, { peers: i === 0 ? records : i === 1 ? [null] : null }));
  const chosen = ({ ids, limit }: Filter) =>
    records.filter(({ id }) => ids?.includes(id) ?? true).slice(0, Math.max(0, limit ?? 3));
  return {
    query: {
      record: ({ id }: { id: string }) => records.find((one) => one.id === id) ?? null,
      records: ({ where, secret }: { where?: Filter | null; secret?: number }) =>
        secret === undefined || secret === 7 ? chosen(where ?? {}) : null,
      parties: [citizens[0], agent],
      newest: ({ where }: { where?: Filter | null }) => chosen(where ?? {}).at(-1) ?? null,
      statuses: [['OPEN', 'FRESH'], null, []],
    },
    entities: { Record: records, Citizen: citizens },
  };
}

function record(n: number, own: Readonly<Record<string, unknown>>) {
  return {
    ...own,
    __typename: 'Record',
    id: `k${n}`,
    title: `title ${n}`,
    secret: 'never',
    hidden: { deep: 'never' },
    note: ({ style }: { style?: { size?: number | null; bold?: boolean | null } | null }) =>
      `${style?.size ?? 0}${style?.bold === true ? 'b' : ''}`,
    graded: ({ level }: { level: string }) => `${level} ${n}`,
  };
}
