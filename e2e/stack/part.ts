/** A process that may be killed, and started again at the same address. */
export interface Part {
  readonly name: string;
  /** `SIGKILL`; resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves when it is ready. */
  start(): Promise<void>;
}
