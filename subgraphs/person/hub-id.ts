/** The form of a hub id as the hub makes them (RFC 9562); it means nothing and tells nothing. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What an id that led to nobody is recorded as: itself where it has the form of one, else `null`. Whatever else a caller
 * puts there (an ID number, a name) would stand in a log that nobody can mend.
 */
export function recordedId(given: string): string | null {
  return UUID.test(given) ? given : null;
}
