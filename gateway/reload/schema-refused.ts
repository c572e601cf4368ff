/** A schema is not taken into force; every problem is a line. */
export class SchemaRefused extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.name = 'SchemaRefused';
    this.problems = problems;
  }
}
