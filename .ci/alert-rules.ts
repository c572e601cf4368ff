import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { z } from 'zod';

/** Prometheus' own form of a rule file, without what the hub does not use; an unknown key is a mistake there as well. */
const ruleFile = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        name: z.string(),
        rules: z
          .array(
            z.strictObject({
              alert: z.string().regex(/^[A-Z][A-Za-z]+$/),
              expr: z.string(),
              for: z
                .string()
                .regex(/^\d+[smhd]$/)
                .optional(),
              labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
              annotations: z.strictObject({ summary: z.string(), runbook_url: z.string() }),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
});

const file = fileURLToPath(new URL('../docs/alerts.yml', import.meta.url));

/** The rules of docs/alerts.yml, in its order. */
export const alertRules = () => ruleFile.parse(parse(readFileSync(file, 'utf8'))).groups.flatMap(({ rules }) => rules);

export interface Selector {
  readonly name: string;
  /** Label and value, of whatever operator. */
  readonly labels: readonly (readonly [string, string])[];
}

/** What a PromQL expression asks for, the sides of its additions, and whether it is PromQL at all. */
export function readExpression(expression: string) {
  const found: Selector[] = [];
  const summands: string[] = [];
  let broken = false;
  parser.parse(expression).iterate({
    enter: ({ type, from, to, node }) => {
      const textOf = (part: { from: number; to: number } | null) =>
        part === null ? '' : expression.slice(part.from, part.to);
      if (type.isError) broken = true;
      if (type.name === 'BinaryExpr' && node.getChild('Add') !== null)
        summands.push(textOf(node.firstChild), textOf(node.lastChild));
      if (type.name !== 'VectorSelector') return;
      const matchers = expression.slice(from, to).matchAll(/[{,]\s*(\w+)\s*[=!][=~]?\s*"([^"]*)"/g);
      const labels = [...matchers].map(([, label = '', value = '']) => [label, value] as const);
      found.push({ name: textOf(node.getChild('Identifier')), labels });
    },
  });
  return { found, summands, broken };
}
