import type { Late, Run } from '../run.ts';

/**
 * Asks for the entities that lacked something when their fetch came to them. The planner may put a fetch before the one
 * that brings what it requires, and may require of all objects what it fetches for some: so what was late is asked for
 * again when all else is there, and then by what each field requires for itself. What lacks something after that stays without it, which the completion
 * tells.
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
  await Promise.all(
    late.map(async ({ apart, entities, again }) => {
      const fetches = apart();
      if (fetches.length === 0) run.late.push({ apart, entities, again });
      await Promise.all(fetches.map(async (fetch) => fetch(run, entities)));
    }),
  );
  run.late.splice(0);
}
