import { auditText } from '../../adapters/audit/port.ts';

/** Six digits or more, whatever underscores stand between: an ID number, a birth date, a telephone number, a local id. */
const NUMBER = /\d(?:_*\d){5,}(?:_*[Xx](?![A-Za-z]))?/g;

/**
 * The caller's name of an operation as it may stand in the log for good. A GraphQL name has letters, digits and
 * underscores only; of these, long numbers are masked by a character that no name has.
 */
export function operationName(name: string): string {
  return auditText(name.replaceAll(NUMBER, '#'));
}
