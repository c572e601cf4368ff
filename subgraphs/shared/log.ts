/** The part of a pino logger that the hub's code uses: objects, not sentences; never a name, an ID number, a token or a body. */
export interface Log {
  error(entry: object, message?: string): void;
  warn(entry: object, message?: string): void;
  info(entry: object, message?: string): void;
}

/** Says nothing. */
export const silentLog: Log = { error: () => {}, warn: () => {}, info: () => {} };
