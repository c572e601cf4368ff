import { z } from 'zod';
import { SourceError } from '../shared/source-error.ts';

/** As long as servers allow an address. A cursor of the register is kept in the store. */
const LONGEST_LINK = 8_000;

export const searchset = z.object({
  resourceType: z.literal('Bundle'),
  type: z.literal('searchset'),
  meta: z.object({ lastUpdated: z.iso.datetime({ offset: true }).optional().catch(undefined) }).optional(),
  link: z.array(z.object({ relation: z.string(), url: z.string().max(LONGEST_LINK) })).default([]),
  entry: z
    .array(
      z.object({
        resource: z.looseObject({ resourceType: z.string(), id: z.string().optional() }),
        search: z.object({ mode: z.string().optional() }).optional(),
      }),
    )
    .default([]),
});
export type Searchset = z.infer<typeof searchset>;
export type FhirResource = Searchset['entry'][number]['resource'];

const outcome = z.object({
  issue: z.array(z.object({ severity: z.string(), code: z.string() })),
});

/** R4 issue-type: the server could not do it now. All others mean that it will not do it at all. */
const PASSING = new Set(['transient', 'lock-error', 'no-store', 'exception', 'timeout', 'incomplete', 'throttled']);

/** An answer with status 200 may still say that it failed, by an OperationOutcome among the rows. Throws `SourceError`. */
export function refuseFailedSearch(source: string, { entry }: Searchset): void {
  for (const { resource } of entry) {
    if (resource.resourceType !== 'OperationOutcome') continue;
    const { issue = [] } = outcome.safeParse(resource).data ?? {};
    const failure = issue.find(({ severity }) => severity === 'fatal' || severity === 'error');
    if (failure === undefined) continue;
    const code = PASSING.has(failure.code) ? 'SOURCE_UNAVAILABLE' : 'SOURCE_INVALID';
    throw new SourceError(code, { source, cause: new Error(`OperationOutcome ${failure.severity} in the answer`) });
  }
}

export function nextLink({ link }: Searchset): string | null {
  return link.find(({ relation }) => relation === 'next')?.url ?? null;
}
