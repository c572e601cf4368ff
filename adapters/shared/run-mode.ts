export type Environment = Readonly<Record<string, string | undefined>>;

const MODES = ['production', 'development', 'test'];

/** Whether weak keys and the like are refused. */
export const inProduction = (environment: Environment): boolean => environment['NODE_ENV'] === 'production';

/** A misspelt `production` would let through in silence all that production refuses; `null` = it is none. */
export function runModeFault({ NODE_ENV: mode = '' }: Environment): string | null {
  return mode === '' || MODES.includes(mode) ? null : `NODE_ENV: must be one of ${MODES.join(', ')}, or left out`;
}
