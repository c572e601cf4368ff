import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What the schema demands for one field. */
export interface FieldPermission {
  /** `health:visits`, `HUB` or `DERIVED`. */
  readonly classification: string;
  /** Any one of the inner lists suffices, and in it all are needed; `[]` = a valid token is enough. */
  readonly scopes: readonly (readonly string[])[];
}

/** Coordinate (`HealthFacet.visits`) → permission, for every field of the public API. */
export type PermissionTable = ReadonlyMap<string, FieldPermission>;

const fileSchema = z.record(z.string(), z.object({ classification: z.string(), scopes: z.array(z.array(z.string())) }));

/** Reads a permission table that `npm run compose` wrote. */
export function readPermissionTable(file: URL | string): PermissionTable {
  return permissionTable(readFileSync(file, 'utf8'));
}

/** A permission table from its text. Throws for any other shape. */
export function permissionTable(text: string): PermissionTable {
  return new Map(Object.entries(fileSchema.parse(JSON.parse(text))));
}
