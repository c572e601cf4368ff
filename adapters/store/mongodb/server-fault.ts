import { z } from 'zod';

/** The oldest that its maker still mends (November 2026). */
const OLDEST = 7;

const build = z.object({ version: z.string(), versionArray: z.array(z.number()).min(1) });
const greeting = z.object({ setName: z.string().optional(), msg: z.string().optional() });

/** Why a server that answers `buildInfo` and `hello` so will not do, with the remedy; `null` = it will. */
export function serverFault(buildInfo: unknown, hello: unknown): string | null {
  const { version, versionArray } = build.parse(buildInfo);
  const { setName, msg } = greeting.parse(hello);
  if ((versionArray[0] ?? 0) < OLDEST) return `MongoDB ${version}: install ${OLDEST}.0 or later`;
  // Retried writes and the concern "majority" need one.
  if (setName === undefined && msg !== 'isdbgrid')
    return 'a server alone: start it as a replica set (--replSet), of one member at least';
  return null;
}
