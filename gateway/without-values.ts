/**
 * graphql-js quotes the value that it refuses, and with a whole input whatever else stands in it; such a value may be an
 * ID number. Callers know what they sent: which variable and which place is enough (case 66).
 */
export function withoutValues(message: string): string {
  const [, variable] = /^Variable "(\$\w+)" got invalid value /.exec(message) ?? [];
  if (variable !== undefined) {
    const place = / at "([\w.[\]]+)"; [^"]*("[^"]*"[^"]*)*$/.exec(message)?.[1];
    const expected = /; (\w+: expected [^;]*)$/.exec(message)?.[1];
    const where = place === undefined ? '' : ` at "${place}"`;
    return `Variable "${variable}" got an invalid value${where}.${expected === undefined ? '' : ` ${expected}`}`;
  }
  return message.replace(/^([^:]* cannot represent [^:]*): [^]*$/, '$1.');
}
