import type { Late, Run } from '../run.ts';

/**
 * Asks for the entities that lacked something when their fetch came to them. The planner may put a fetch before the one
 * that brings what it requires, and may require of all objects what it fetches for some: so what was late is asked for
 * again when all else is there, and then by what each field requires for itself. What lacks something after that is noted,
 * so that it is not missing in silence.
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
  // Of an entity that a subgraph does not have, what leads on from there is missing in silence, as the entity is.
  for (const { entities } of run.late.splice(0))
    for (const entity of entities) if (!run.absent.has(entity)) run.unasked.add(entity);
}
