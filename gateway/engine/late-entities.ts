import type { Late, Run } from './run.ts';

/**
 * Asks for the entities that lacked something when their fetch came to them. The planner may put a fetch before the one
 * that brings what it requires, and may require of all objects what it fetches for some: so what was late is asked for
 * again when all else is there, and then by what each field requires for itself. What lacks something after that lacks it
 * because a fetch failed, which has its error.
 */
export async function askLate(run: Run): Promise<void> {
  for (let lacking = Infinity; run.late.length > 0;) {
    const late = run.late.splice(0);
    const now = late.reduce((sum, { entities }) => sum + entities.length, 0);
    if (now >= lacking) return askApart(run, late);
    lacking = now;
    await Promise.all(late.map(async ({ again, entities }) => again(run, entities)));
  }
}

async function askApart(run: Run, late: readonly Late[]): Promise<void> {
  await Promise.all(late.flatMap(({ apart, entities }) => apart().map(async (again) => again(run, entities))));
  run.late.length = 0;
}
