import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { ownSecretsIn } from './secret-formats.ts';

/** What may stay, by the file and what it looks like there. */
export interface Harmless {
  readonly file: string;
  readonly looksLike: string;
  readonly reason: string;
}

const RULES = [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }];

/** Kinds of secrets in a file's text, by secretlint's rules and our own; never the secrets. */
export async function secretsIn(file: string, text: string): Promise<readonly string[]> {
  const { messages } = await lintSource({
    source: { filePath: file, content: text, ext: '', contentType: 'text' },
    options: { config: { rules: RULES }, maskSecrets: true },
  });
  const known = messages.map(({ ruleId }) => ruleId.split('rule-').at(-1) ?? ruleId);
  return [...new Set([...known, ...ownSecretsIn(text)])];
}

/** One line for each secret that is not known to be harmless, and for each harmless one that is gone. */
export async function secretProblems(
  files: readonly (readonly [file: string, text: string])[],
  harmless: readonly Harmless[],
): Promise<readonly string[]> {
  const problems: string[] = [];
  const met = new Set<Harmless>();
  for (const [file, text] of files)
    for (const kind of await secretsIn(file, text)) {
      const known = harmless.find((one) => one.file === file && one.looksLike === kind);
      if (known === undefined) problems.push(`${file}: looks like a secret: ${kind}`);
      else met.add(known);
    }
  const gone = harmless.filter((one) => !met.has(one));
  return [
    ...problems,
    ...gone.map(({ file, looksLike }) => `${file}: has no ${looksLike} any more; take it off the list`),
  ];
}
