import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { measuredGauges } from '../adapters/observability/measured-gauges.ts';
import { metrics } from '../adapters/observability/metrics.ts';
import { alertRules, readExpression } from './alert-rules.ts';

const rules = alertRules();
const runbook = readFileSync(fileURLToPath(new URL('../docs/operating.md', import.meta.url)), 'utf8');

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

test.each(rules.map((rule) => [rule.alert, rule] as const))(
  '%s is PromQL over metrics and labels that the code has',
  async (_alert, { expr }) => {
    const { found, broken } = readExpression(expr);
    expect(broken).toBe(false);
    expect(found.length).toBeGreaterThan(0);
    const all = await served();
    expect(found.filter(({ name }) => !all.has(name))).toEqual([]);
    expect(found.flatMap(({ name, labels }) => labels.filter(([label]) => !all.get(name)?.has(label)))).toEqual([]);
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

test.each(rules.map((rule) => [rule.alert, rule] as const))(
  '%s adds nothing that may be empty: the whole would be as well',
  (_alert, { expr }) => {
    const { summands } = readExpression(expr);
    expect(summands.filter((summand) => !summand.includes('or vector(0)'))).toEqual([]);
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
  expect(found).toEqual([
    {
      name: 'xinqiao_gone_total',
      labels: [
        ['code', 'X'],
        ['of', 'y'],
      ],
    },
  ]);
  expect((await served()).has('xinqiao_gone_total')).toBe(false);
});
