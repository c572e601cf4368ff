import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { openSupergraph } from './supergraph.ts';
import { refuseUnserved } from './unserved-features.ts';

const NAMES = ['key', 'shareable', 'override', 'authenticated', 'requiresScopes', 'policy', 'context', 'fromContext'];
const imported = NAMES.map((name) => `"@${name}"`).join(', ');
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imported}]) `;

function composed(...subgraphs: readonly string[]): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map((sdl, i) => ({ name: `s${i}`, url: 'http://s.invalid', typeDefs: parse(LINK + sdl) })),
  );
  if (supergraphSdl === undefined) throw new Error(errors?.join('\n'));
  return supergraphSdl;
}

const LINKED = /@link\(url: "https:\/\/specs\.apollo\.dev\/join/;
const CONNECT = '@link(url: "https://specs.apollo.dev/connect/v0.2", for: EXECUTION)\n  ';

test.each<[string, string]>([
  ['@authenticated', composed('type Query { x: Int @authenticated }')],
  ['@requiresScopes', composed('type Query { x: Int @requiresScopes(scopes: [["a"]]) }')],
  ['@policy', composed('type Query { x: Int @policy(policies: [["a"]]) }')],
  [
    '@context',
    composed(
      `type Query { t: T } type T @key(fields: "id") @context(name: "c") { id: ID! p: Int u: U }
       type U @key(fields: "id") { id: ID! f(a: Int @fromContext(field: "$c { p }")): Int }`,
      'type Query { y: Int } type U @key(fields: "id") { id: ID! }',
    ),
  ],
  [
    '@override(label:)',
    composed(
      'type Query { t: T } type T @key(fields: "id") { id: ID! f: Int }',
      'type T @key(fields: "id") { id: ID! f: Int @override(from: "s0", label: "percent(50)") }',
    ),
  ],
  ['@connect', composed('type Query { x: Int }').replace(LINKED, `${CONNECT}$&`)],
])('a supergraph with %s is refused in words that name it and say what to do', async (name, supergraphSdl) => {
  await expect(openSupergraph(supergraphSdl)).rejects.toThrow(
    `the supergraph uses ${name}, which this gateway does not serve: take it out of the subgraphs' schemas and compose again`,
  );
});

test("the hub's own supergraph, and one of any federation without these, is not", () => {
  const own = readFileSync(new URL('../../schema/generated/supergraph.graphql', import.meta.url), 'utf8');
  for (const sdl of [own, composed('type Query { x: Int @override(from: "old") }')])
    expect(() => refuseUnserved(sdl)).not.toThrow();
});
