/** What came over a connection is not the HTTP/1.1 that it should be: the connection is closed, nothing of it is used. */
export class OddAnswer extends Error {
  /** The rest did not come; another try may get the whole. */
  readonly cutOff: boolean;

  constructor(reason: string, { cutOff = false } = {}) {
    super(reason);
    this.name = 'OddAnswer';
    this.cutOff = cutOff;
  }
}
