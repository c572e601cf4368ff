import { z } from 'zod';

/** One advisory that fails nothing until the end of a day. */
export interface Accepted {
  /** E.g. `GHSA-xxxx-xxxx-xxxx`. */
  readonly id: string;
  readonly reason: string;
  /** Last day, `2027-01-31`. */
  readonly until: string;
}

const advisorySchema = z.looseObject({
  name: z.string(),
  title: z.string().default(''),
  url: z.string().default(''),
  severity: z.string(),
  range: z.string().default(''),
});
type Advisory = z.infer<typeof advisorySchema>;

/** `npm audit --json` of npm 7 and later. */
const reportSchema = z.looseObject({
  auditReportVersion: z.literal(2),
  // A string names a package through which another is concerned; that one has its own entry.
  vulnerabilities: z.record(z.string(), z.looseObject({ via: z.array(z.union([z.string(), advisorySchema])) })),
});

/** What npm prints in place of a report. */
const failureSchema = z.looseObject({
  message: z.string().default(''),
  statusCode: z.number().optional(),
  error: z.looseObject({ code: z.string().default(''), summary: z.string().default('') }),
});

/** Status codes of a registry that has no audits. */
const NO_AUDITS = new Set([404, 405]);
const NETWORK = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ENOTCACHED',
];
const EXCUSED = new Set(['ENOAUDIT', 'E404', 'E405', ...NETWORK]);
const UNREACHED = new RegExp(
  `^40[45] |\\b(?:${NETWORK.join('|')})\\b|^network timeout|socket hang up|^Client network socket disconnected`,
);

const FAILING = new Set(['high', 'critical']);

/** What is to be mended, and what is only worth saying. */
export function audited(
  output: string,
  { accepted, now }: { accepted: readonly Accepted[]; now: number },
): { problems: readonly string[]; notes: readonly string[] } {
  const report = reportSchema.safeParse(parsed(output));
  if (!report.success) return notAudited(output);
  const vias = Object.values(report.data.vulnerabilities).flatMap(({ via }) => via);
  const advisories = new Map(vias.flatMap((via) => (typeof via === 'string' ? [] : [[lineOf(via), via] as const])));
  const problems: string[] = [];
  const notes: string[] = [`${advisories.size} known advisories in production`];
  for (const [line, advisory] of advisories) {
    const entry = accepted.find(({ id }) => advisory.url.endsWith(`/${id}`));
    if (entry !== undefined && now < endOf(entry))
      notes.push(`${line}: accepted until ${entry.until}: ${entry.reason}`);
    else if (entry !== undefined) problems.push(`${line}: was accepted until ${entry.until}; look again`);
    else (FAILING.has(advisory.severity) ? problems : notes).push(line);
  }
  const known = [...advisories.values()];
  const idle = accepted.filter(({ id }) => !known.some(({ url }) => url.endsWith(`/${id}`)));
  return {
    problems,
    notes: [...notes, ...idle.map(({ id }) => `${id}: is accepted and no longer reported; take it out`)],
  };
}

/** An answer that is neither a report nor a known excuse may hide any advisory. */
function notAudited(output: string) {
  if (excused(output))
    return { problems: [], notes: ['the registry was not asked: it cannot be reached or answers no audits'] };
  return {
    problems: [`npm audit gave neither a report that is understood nor an error that is: ${output.slice(0, 300)}`],
    notes: [],
  };
}

/** `npm audit --json` of npm 11 has what the network says in `message` alone. */
function excused(output: string): boolean {
  const failure = failureSchema.safeParse(parsed(output));
  if (!failure.success) return false;
  const { message, statusCode, error } = failure.data;
  return (
    NO_AUDITS.has(statusCode ?? 0) ||
    EXCUSED.has(error.code) ||
    UNREACHED.test(message) ||
    UNREACHED.test(error.summary)
  );
}

function lineOf({ name, range, severity, title, url }: Advisory): string {
  return `${severity}: ${name} ${range}: ${title} (${url})`;
}

/** The day after its last, in the zone that is the first to have it. */
function endOf({ until }: Accepted): number {
  return Date.parse(`${until}T23:59:59.999+08:00`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
