/** What a process tells of itself that was started with one of the modules in `inside/`. */
export interface AskedInside {
  /** Takes every line that the process writes. */
  readonly heard: (line: string) => void;
  /** Signals the process and answers what it tells then. */
  readonly ask: (pid: number) => Promise<unknown>;
}

export function askedInside(): AskedInside {
  let told: (inside: unknown) => void = () => {};
  return {
    heard: (line) => {
      if (line.startsWith('{"inside":')) told((JSON.parse(line) as { inside: unknown }).inside);
    },
    ask: async (pid) =>
      new Promise((resolve) => {
        told = resolve;
        process.kill(pid, 'SIGUSR2');
      }),
  };
}
