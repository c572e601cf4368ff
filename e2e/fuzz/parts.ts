/** A machine that looks for what is wrong, for some minutes or until it has found something. */
interface FuzzPart {
  /** One line for the list of them. */
  readonly looksFor: string;
  /** Answers the exit code: 0 = nothing found. `args` are its own options, `--minutes` and `--seed` among them. */
  readonly run: (args: readonly string[]) => Promise<number>;
}

/** By the name that `--what` takes. In this order they run where none is named. */
export const PARTS: Readonly<Record<string, FuzzPart>> = {
  engine: {
    looksFor: 'both engines against each other on generated operations, and spoilt answers behind our own',
    run: async (args) => (await import('../oracle/fuzz.ts')).fuzzEngine(args),
  },
  permissions: {
    looksFor: 'hubs against the tables of domain.md: what random callers see, and what the audit says of it',
    run: async (args) => (await import('../permission-fuzz/fuzz.ts')).fuzzPermissions(args),
  },
  departments: {
    looksFor: 'departments that were taken over and answer the adapters what they like',
    run: async (args) => (await import('../hostile/fuzz.ts')).fuzzDepartments(args),
  },
};
