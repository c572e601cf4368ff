import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from '@prometheus-io/client';

/** In seconds: from what an answer out of memory takes to the longest that a request may. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Every metric of the hub, beside those of the process and of Node (`process_…`, `nodejs_…`). Labels take names and codes
 * of closed lists only, and `operation` a bounded number of callers' words.
 */
export function metrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const durations = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Histogram({ name, help, labelNames, buckets: SECONDS, registers });
  const counts = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  return {
    registry,
    requests: durations('xinqiao_request_duration_seconds', 'Requests to /graphql by HTTP status of the answer.', [
      'status',
    ]),
    inFlight: new Gauge({
      name: 'xinqiao_requests_in_flight',
      help: 'Requests that wait for their answer.',
      registers,
    }),
    errors: counts('xinqiao_errors_total', 'Errors in answers by code (docs/errors.md).', ['code']),
    operations: durations('xinqiao_operation_duration_seconds', 'Operations that ran, by their names.', [
      'operation',
      'type',
    ]),
    operationErrors: counts('xinqiao_operation_errors_total', 'Of these, whose answer has an error or did not come.', [
      'operation',
      'type',
    ]),
    subgraphCalls: durations('xinqiao_subgraph_call_duration_seconds', 'Calls to a subgraph with their retries.', [
      'subgraph',
    ]),
    subgraphErrors: counts('xinqiao_subgraph_errors_total', 'Calls to a subgraph without an answer, by code.', [
      'subgraph',
      'code',
    ]),
    served: durations('xinqiao_served_operation_duration_seconds', 'Operations that a subgraph alone served.', [
      'subgraph',
    ]),
    servedErrors: counts('xinqiao_served_errors_total', 'Errors in the answers of a subgraph alone, by code.', [
      'subgraph',
      'code',
    ]),
    reads: durations('xinqiao_department_read_duration_seconds', 'Batched reads of one category from a department.', [
      'department',
    ]),
    readErrors: counts('xinqiao_department_read_errors_total', 'Reads that failed, by code.', ['department', 'code']),
    tries: durations('xinqiao_department_try_duration_seconds', "Tries at a department's own system.", ['department']),
    tryErrors: counts('xinqiao_department_try_errors_total', 'Tries that failed, by code.', ['department', 'code']),
    storeOperations: durations('xinqiao_store_operation_duration_seconds', "Operations of the hub's own store.", [
      'operation',
    ]),
    retries: counts('xinqiao_retries_total', 'Tries after the first, of subgraphs and departments.', ['kind', 'name']),
    breakers: new Gauge({
      name: 'xinqiao_circuit_breaker_state',
      help: '0 = closed, 1 = half open, 2 = open: the peer is left alone.',
      labelNames: ['kind', 'name'],
      registers,
    }),
    lookups: counts('xinqiao_cache_lookups_total', 'Look-ups in a cache by result: hit, miss.', ['cache', 'result']),
    escalations: counts('xinqiao_referral_escalations_total', 'Overdue referrals that somebody was told of.', ['to']),
    failedMeasures: counts(
      'xinqiao_failed_measures_total',
      'Collections in which a part of the hub gave no measures.',
      [],
    ),
  };
}

export type Metrics = ReturnType<typeof metrics>;
