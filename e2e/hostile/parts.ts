import type { Checked, CheckOptions } from './check-attacked.ts';
import { checkDepartment } from './check-department.ts';
import { checkDesk } from './check-desk.ts';
import { HOSTILE_DEPARTMENTS } from './departments.ts';
import { HOSTILE_DESKS } from './desks.ts';

/** What is taken over: each department as a source of records, and those with a desk as that. */
export const HOSTILE_PARTS: readonly {
  readonly name: string;
  readonly check: (options: CheckOptions) => Promise<Checked>;
}[] = [
  ...HOSTILE_DEPARTMENTS.map((one) => ({
    name: one.slug,
    check: async (options: CheckOptions) => checkDepartment(one, options),
  })),
  ...HOSTILE_DESKS.map((one) => ({
    name: `${one.slug}-desk`,
    check: async (options: CheckOptions) => checkDesk(one, options),
  })),
];
