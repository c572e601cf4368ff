import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  print,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { z } from 'zod';
import type { ScopeSets } from './scope-sets.ts';

const PERMISSION_DIRECTIVES = new Set(['authenticated', 'requiresScopes']);
const PERMISSION_SPECIFICATION = /^https:\/\/specs\.apollo\.dev\/(authenticated|requiresScopes)\//;

/**
 * Splits a composed supergraph in two: the planner's, without the permission directives that `@apollo/gateway` refuses
 * to start on, and the scopes that they demand, by coordinate. See docs/decisions/two-results-of-composition.md.
 */
export function splitSupergraph(supergraphSdl: string): {
  planner: string;
  scopes: ReadonlyMap<string, ScopeSets>;
  /** Coordinates of types that carry a permission directive; the hub allows them on fields only. */
  onTypes: readonly string[];
} {
  const document = parse(supergraphSdl);
  return {
    planner: print(withoutPermissions(document)),
    scopes: scopesOf(document),
    onTypes: permissionsOnTypes(document),
  };
}

function withoutPermissions(document: DocumentNode): DocumentNode {
  return visit(document, {
    Directive: (node) => (isPermission(node) || linksPermission(node) ? null : undefined),
    DirectiveDefinition: (node) => (PERMISSION_DIRECTIVES.has(node.name.value) ? null : undefined),
    ScalarTypeDefinition: (node) => (node.name.value === 'requiresScopes__Scope' ? null : undefined),
  });
}

function isPermission(node: { name: { value: string } }): boolean {
  return PERMISSION_DIRECTIVES.has(node.name.value);
}

function linksPermission(
  node: ConstDirectiveNode | { name: { value: string }; arguments?: readonly unknown[] },
): boolean {
  if (node.name.value !== 'link') return false;
  return (
    (node as ConstDirectiveNode).arguments?.some(
      ({ value }) => value.kind === Kind.STRING && PERMISSION_SPECIFICATION.test(value.value),
    ) === true
  );
}

function scopesOf(document: DocumentNode): ReadonlyMap<string, ScopeSets> {
  const scopes = new Map<string, ScopeSets>();
  for (const type of document.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const demanded = scopesOfField(field);
      if (demanded.length > 0) scopes.set(`${type.name.value}.${field.name.value}`, demanded);
    }
  }
  return scopes;
}

const scopeSets = z.array(z.array(z.string()));

function scopesOfField(field: FieldDefinitionNode): ScopeSets {
  const directive = field.directives?.find(({ name }) => name.value === 'requiresScopes');
  const argument = directive?.arguments?.find(({ name }) => name.value === 'scopes');
  return argument === undefined ? [] : scopeSets.parse(valueFromASTUntyped(argument.value));
}

function permissionsOnTypes(document: DocumentNode): readonly string[] {
  return document.definitions.flatMap((definition) =>
    'directives' in definition && 'name' in definition && definition.name && definition.directives?.some(isPermission)
      ? [definition.name.value]
      : [],
  );
}
