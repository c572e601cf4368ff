import type { CheckedFaults } from './check-faults.ts';
import type { FailedOperation } from './check-operations.ts';
import type { Seen } from './judge.ts';

interface Where {
  readonly contest: string;
  readonly seed: number;
  readonly only: string;
}

/** A wrong answer for people: what was asked, what each said, how to meet it again. */
export function failureInWords({ operation, judged, path }: FailedOperation, where: Where): string {
  const { verdict, ours, oracle, whole } = judged;
  return [
    `WRONG: ${verdict.kind === 'wrong' ? verdict.what : 'only before it was shrunk'}`,
    ...asked(operation),
    `  ours    ${seenInWords(ours)}`,
    `  Apollo  ${oracle === null ? 'not asked' : seenInWords(oracle)}`,
    `  whole   ${seenInWords(whole)}`,
    again(path, where),
  ].join('\n');
}

/** A claim that did not hold, for people. */
export function faultInWords(failure: NonNullable<CheckedFaults['failure']>, where: Where): string {
  return [
    `BROKEN: ${failure.claim}`,
    ...asked(failure.operation),
    `  spoilt by ${JSON.stringify(failure.mutations)}`,
    again(failure.path, where),
  ].join('\n');
}

function asked({ text, variables, scopes }: FailedOperation['operation']): readonly string[] {
  return [
    `  ${text.replaceAll('\n', '\n  ')}`,
    `  variables ${JSON.stringify(variables)}`,
    ...(scopes === undefined ? [] : [`  scopes ${JSON.stringify(scopes)}`]),
  ];
}

function seenInWords({ data, errors }: Seen): string {
  return [data.slice(0, 2_000), ...errors].join('\n          ');
}

function again(path: string, { contest, seed, only }: Where): string {
  return `  again: npm run fuzz -- --what engine --contest ${contest} --only ${only} --seed ${seed} --path ${path}`;
}
