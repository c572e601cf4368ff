/** Why a request is over that has used up its time; its client still waits. */
export class RequestDeadline extends Error {
  constructor() {
    super('deadline of the request');
    this.name = 'RequestDeadline';
  }
}
