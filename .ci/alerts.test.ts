import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { z } from 'zod';
import { measuredGauges } from '../adapters/observability/measured-gauges.ts';
import { metrics } from '../adapters/observability/metrics.ts';

const text = (file: string) => readFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), 'utf8');

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

const rules = ruleFile.parse(parse(text('docs/alerts.yml'))).groups.flatMap((group) => group.rules);
const runbook = text('docs/operating.md');

/** What the code serves: name → labels. A histogram has its three series, `up` is Prometheus' own. */
async function served(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const kept = metrics();
  measuredGauges({ registry: kept.registry, failed: kept.failedMeasures, sources: [] });
  const all = new Map([['up', new Set(['job', 'instance'])]]);
  for (const { name, type } of await kept.registry.getMetricsAsJSON()) {
    const { labelNames = [] } = kept.registry.getSingleMetric(name) as unknown as { labelNames?: readonly string[] };
    const labels = ['job', 'instance', ...labelNames];
    if (type !== 'histogram') all.set(name, new Set(labels));
    else for (const part of ['bucket', 'count', 'sum']) all.set(`${name}_${part}`, new Set([...labels, 'le']));
  }
  return all;
}

/** Metrics of an expression with the labels that it asks for, and whether it is PromQL at all. */
function readExpression(expression: string) {
  const found: { name: string; labels: string[] }[] = [];
  let broken = false;
  parser.parse(expression).iterate({
    enter: ({ type, from, to, node }) => {
      if (type.isError) broken = true;
      if (type.name !== 'VectorSelector') return;
      const name = node.getChild('Identifier');
      const labels = [...expression.slice(from, to).matchAll(/[{,]\s*(\w+)\s*[=!]/g)].map(([, label = '']) => label);
      found.push({ name: name === null ? '' : expression.slice(name.from, name.to), labels });
    },
  });
  return { found, broken };
}

test.each(rules.map((rule) => [rule.alert, rule] as const))(
  '%s is PromQL over metrics and labels that the code has',
  async (_alert, { expr }) => {
    const { found, broken } = readExpression(expr);
    expect(broken).toBe(false);
    expect(found.length).toBeGreaterThan(0);
    const all = await served();
    expect(found.filter(({ name }) => !all.has(name))).toEqual([]);
    expect(found.flatMap(({ name, labels }) => labels.filter((label) => !all.get(name)?.has(label)))).toEqual([]);
  },
);

test.each(rules.map((rule) => [rule.alert, rule] as const))(
  '%s says what is wrong in Chinese, then in English, and where to read what to do',
  (alert, { annotations: { summary, runbook_url: runbookUrl } }) => {
    expect(summary).toMatch(/^.*\p{Script=Han}.* \/ [^\p{Script=Han}]+\.$/u);
    const anchor = `alert-${alert.replace(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()}`;
    expect(runbookUrl).toBe(`docs/operating.md#${anchor}`);
    expect(runbook).toContain(`<a id="${anchor}"></a>\`${alert}\``);
  },
);

test('no alert is there twice, and the page explains none that is not there', () => {
  const names = rules.map(({ alert }) => alert);
  expect(new Set(names).size).toBe(names.length);
  const explained = [...runbook.matchAll(/<a id="alert-[a-z-]+"><\/a>`(\w+)`/g)].map(([, name]) => name);
  expect(explained.toSorted()).toEqual(names.toSorted());
});

test('what is not PromQL, and a metric that nobody serves, would be seen', async () => {
  expect(readExpression('rate(xinqiao_errors_total[5m]').broken).toBe(true);
  const { found } = readExpression('sum by (a) (rate(xinqiao_gone_total{code="X", of!="y"}[5m])) > 0');
  expect(found).toEqual([{ name: 'xinqiao_gone_total', labels: ['code', 'of'] }]);
  expect((await served()).has('xinqiao_gone_total')).toBe(false);
});
