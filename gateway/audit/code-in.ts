/** The code of an error, as a record may say it. */
export function codeIn(extensions: Readonly<Record<string, unknown>> | undefined, fallback: string): string {
  const code = extensions?.code;
  return typeof code === 'string' ? code : fallback;
}
