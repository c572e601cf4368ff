import { parseDivision } from '../../../adapters/shared/division.ts';
import type { Caller } from '../../shared/caller.ts';

/** Whose rights a load has: a department's in its division, or the operator's (`null`). A text says what is wrong. */
export function maintainer(
  { department, division }: { department?: string; division?: string },
  departments: ReadonlySet<string>,
): Caller | string | null {
  if (department === undefined && division === undefined) return null;
  if (department === undefined || division === undefined) return '--department and --division belong together';
  if (!departments.has(department)) return `--department: one of ${[...departments].join(', ')}`;
  if (parseDivision(division) !== division) return '--division: 6, 9 or 12 digits';
  return {
    subject: 'directory-load',
    client: 'directory-load',
    organisation: null,
    department,
    division,
    roles: [],
    scopes: ['directory:write'],
    purposes: [],
    personId: null,
  };
}
