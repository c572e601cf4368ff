import { pino } from 'pino';
import { traceContext } from '../../adapters/shared/trace-context.ts';
import { withoutPersonalData } from './without-personal-data.ts';

export interface HubLogOptions {
  readonly level?: string;
  /** In every line. */
  readonly base?: Readonly<Record<string, string>> | null;
  readonly to?: pino.DestinationStream;
}

/**
 * The log of a program of the hub: JSON lines, each with the trace that it belongs to. Whoever logs leaves out what is
 * personal; should it have been forgotten, it is taken out here.
 */
export function hubLog({ level = 'info', base = null, to = process.stdout }: HubLogOptions = {}): pino.Logger {
  return pino(
    {
      level,
      base,
      mixin: () => {
        const now = traceContext.getStore();
        return now === undefined ? {} : { trace_id: now.traceId, span_id: now.spanId };
      },
      hooks: {
        logMethod(given, method) {
          method.apply(this, given.map((one: unknown) => withoutPersonalData(one)) as Parameters<typeof method>);
        },
      },
    },
    to,
  );
}
