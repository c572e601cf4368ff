import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  print,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { usedParts } from '../engine/used-parts.ts';
import type { FieldPermission, PermissionTable } from '../../schema/permission-table.ts';
import { needsConfirmation } from './confirmed-scopes.ts';
import { fieldCount, type OperationShape, operationShape } from './operation-shape.ts';
import { WITNESSES } from './witnesses.ts';

/** A field that was taken out of an operation because the caller may not read it. */
export interface ForbiddenField {
  readonly coordinate: string;
  /** Alias or name: the key in the answer. */
  readonly responseKey: string;
  /** Any one of these sets would open it. */
  readonly requiredScopes: FieldPermission['scopes'];
}

export interface RewrittenOperation {
  /** Tells it from all others: the operation asked, its name and the scopes that matter. */
  readonly key: string;
  readonly document: DocumentNode;
  /** Keys the planner's cache; another caller's rights make another document and another hash (case 20). */
  readonly hash: string;
  /** By index: `xinqiao_forbidden_<index>` in the rewritten operation and its data. */
  readonly forbidden: readonly ForbiddenField[];
  /** Whether something is left in it for which the sign-in server is asked first. */
  readonly confirmed: boolean;
  /** Coordinates of what was taken out, once each, in order, for the audit. */
  readonly coordinates: readonly string[];
  /** What the answer will look like, for the audit. */
  readonly shape: OperationShape;
  /** Characters of its text, and what its shape takes in memory as if it were text, for bounding caches. */
  readonly size: number;
}

const CHARACTERS_OF_A_FIELD = 15;
const INTROSPECTION = new Set(['__schema', '__type']);
/** What introspection demands; the table has the API's own fields only. */
export const SCHEMA_READ: FieldPermission['scopes'] = [['schema:read']];

/**
 * Takes out of an operation what the caller may not read, before planning, so that it is never fetched.
 *
 * Each forbidden field becomes an aliased `__typename`, which costs no fetch, keeps the selection set valid and the order
 * of keys, and marks in the data itself where the `null` and its error belong, whatever fragments, type conditions and
 * lists lie on the way (cases 16 to 18). A coordinate without an entry in the table is forbidden.
 */
export function rewriteOperation(
  { schema, document, operationName = '' }: { schema: GraphQLSchema; document: DocumentNode; operationName?: string },
  { table, scopes }: { table: PermissionTable; scopes: ReadonlySet<string> },
): Omit<RewrittenOperation, 'key'> {
  // What the document's other operations ask for is nobody's request.
  const asked = usedParts(document, operationName);
  const forbidden: ForbiddenField[] = [];
  let confirmed = false;
  const typeInfo = new TypeInfo(schema);
  const rewritten = visit(
    asked,
    visitWithTypeInfo(typeInfo, {
      Field(node) {
        const parent = typeInfo.getParentType()?.name ?? '';
        if (node.name.value === '__typename' || parent.startsWith('__')) return undefined;
        const coordinate = `${parent}.${node.name.value}`;
        const required = (INTROSPECTION.has(node.name.value) ? SCHEMA_READ : table.get(coordinate)?.scopes) ?? null;
        if (required !== null && isAllowed(required, scopes)) {
          confirmed ||= needsConfirmation(required, scopes);
          return undefined;
        }
        const responseKey = node.alias?.value ?? node.name.value;
        const index = indexOf(forbidden, { coordinate, responseKey, requiredScopes: required ?? [] });
        return placeholder(node, `xinqiao_forbidden_${index}`);
      },
      SelectionSet: {
        leave(node) {
          const witness = WITNESSES[typeInfo.getParentType()?.name ?? ''];
          return witness === undefined ? undefined : withWitness(node, witness);
        },
      },
    }),
  );
  // Fragments and variables that only forbidden fields used would make the operation invalid for the planner.
  const reduced = forbidden.length === 0 ? rewritten : usedParts(rewritten, operationName);
  const text = print(reduced);
  const hash = createHash('sha256').update(text).digest('hex');
  const coordinates = [...new Set(forbidden.map(({ coordinate }) => coordinate))].toSorted();
  const shape = operationShape(schema, reduced, table);
  const size = text.length + CHARACTERS_OF_A_FIELD * fieldCount(shape);
  return { document: reduced, hash, forbidden, confirmed, coordinates, shape, size };
}

function withWitness(node: SelectionSetNode, { alias, field }: { alias: string; field: string }): SelectionSetNode {
  const witness: FieldNode = {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: alias },
    name: { kind: Kind.NAME, value: field },
  };
  return { ...node, selections: [...node.selections, witness] };
}

function isAllowed(required: FieldPermission['scopes'], scopes: ReadonlySet<string>): boolean {
  return required.length === 0 || required.some((set) => set.every((scope) => scopes.has(scope)));
}

/** The same field under the same key is one placeholder, so that selections still merge. */
function indexOf(forbidden: ForbiddenField[], field: ForbiddenField): number {
  const known = forbidden.findIndex(
    ({ coordinate, responseKey }) => coordinate === field.coordinate && responseKey === field.responseKey,
  );
  return known >= 0 ? known : forbidden.push(field) - 1;
}

function placeholder({ directives }: FieldNode, alias: string): FieldNode {
  return {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: alias },
    name: { kind: Kind.NAME, value: '__typename' },
    // @skip and @include decide about the null as they would have about the field.
    directives,
  };
}
