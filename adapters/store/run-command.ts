const WRONG = 1;
const MISUSED = 2;

interface Command<Wanted extends object> {
  readonly help: string;
  /** What the arguments ask for: `help`, or what is wrong with them. */
  readonly wantedBy: (args: readonly string[]) => Wanted | string;
  /** Answers the exit code. */
  readonly run: (wanted: Wanted) => Promise<number>;
}

/** Runs a command over a store by the arguments of this process: 0 done, 1 failed and said why, 2 asked wrongly. */
export async function runCommand<Wanted extends object>({ help, wantedBy, run }: Command<Wanted>): Promise<void> {
  process.exitCode = await asked().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    return WRONG;
  });

  async function asked(): Promise<number> {
    const wanted = wantedBy(process.argv.slice(2));
    if (typeof wanted === 'object') return run(wanted);
    if (wanted !== 'help') {
      console.error(`${wanted}\n\n${help}`);
      return MISUSED;
    }
    console.log(help);
    return 0;
  }
}
