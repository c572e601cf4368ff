export interface SteadyQuestions {
  /** How many have been answered so far. */
  readonly answered: number;
  /** Stops asking; answers what came that should not have come, and every failure to get an answer. */
  end(): Promise<readonly string[]>;
}

/** Asks the same again and again, several at a time, until told to end or somebody gets no answer. `wrong` = null for an answer as it should be. */
export function steadyQuestions<T>(
  ask: () => Promise<T>,
  { wrong, atATime = 8 }: { wrong: (answer: T) => string | null; atATime?: number },
): SteadyQuestions {
  const problems: string[] = [];
  let answered = 0;
  let ending = false;
  const asking = Array.from({ length: atATime }, async () => {
    while (!ending) {
      try {
        const problem = wrong(await ask());
        if (problem !== null) problems.push(problem);
      } catch (error) {
        problems.push(String(error));
        // A hub that is gone answers nobody: a test that failed must not ask for ever.
        ending = true;
      }
      answered += 1;
    }
  });
  return {
    get answered() {
      return answered;
    },
    end: async () => {
      ending = true;
      await Promise.all(asking);
      return problems;
    },
  };
}
