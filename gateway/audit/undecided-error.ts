/** An answer shows something that the decisions of its request do not cover; so it cannot go out. */
export class UndecidedError extends Error {
  readonly personId: string;

  constructor(personId: string, what: string) {
    super(what);
    this.name = 'UndecidedError';
    this.personId = personId;
  }
}
