/**
 * `npm run referral-states-page`: writes docs/referral-states.md from the state machine of referrals, and the rules of
 * each kind. With `--check` it writes nothing and fails if the page is old.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { KIND_RULES, type KindRule } from '../subgraphs/referral/kind-rules.ts';
import { type MoveRule, MOVES } from '../subgraphs/referral/machine.ts';
import { ROLES, STATES, TERMINAL } from '../subgraphs/referral/codes.ts';

const PAGE = new URL('../docs/referral-states.md', import.meta.url);
const moves: readonly (readonly [string, MoveRule])[] = Object.entries(MOVES);
const kinds: readonly (readonly [string, KindRule])[] = Object.entries(KIND_RULES);

const WHO_BY_NUMBER = {
  BY_PARTIES: '没有部门的一方 parties without a department',
  BY_ANYBODY: '任何一方 anybody',
} as const;
const WHO_MAY_NOT = { FOR_HOSPITALS: '医院 hospitals', FOR_ANYBODY: '任何一方 anybody' } as const;

const page = `# 转介的状态 / States of a referral

由 \`npm run referral-states-page\` 从 [machine.ts](../subgraphs/referral/machine.ts) 与 [kind-rules.ts](../subgraphs/referral/kind-rules.ts) 生成，请勿手改。状态取自 HL7 FHIR R4 \`Task.status\`。
Written by \`npm run referral-states-page\` from the code; do not edit. States follow HL7 FHIR R4 \`Task.status\`.

\`\`\`mermaid
${diagram().join('\n')}
\`\`\`

${moveTable().join('\n')}

R = 转出方 requester · T = 目标方 target · P = 本人或监护人 the person or guardian · 「!」= 须说明理由 with a reason. 「→」改变状态 / changes the state; 「·」状态不变 / the state stays.

## 种类 / Kinds

${kindTable().join('\n')}
`;

if (process.argv.includes('--check')) {
  if (readFileSync(PAGE, 'utf8') !== page) {
    console.error('docs/referral-states.md is not up to date; run: npm run referral-states-page');
    process.exitCode = 1;
  }
} else writeFileSync(PAGE, page);

function diagram(): readonly string[] {
  const arrows = moves.flatMap(([move, { from, to }]) =>
    to === null ? [] : from.map((state) => `  ${state} --> ${to} : ${move}`),
  );
  return [
    'stateDiagram-v2',
    '  [*] --> REQUESTED : CREATE',
    ...arrows,
    ...TERMINAL.map((state) => `  ${state} --> [*]`),
  ];
}

function moveTable(): readonly string[] {
  const head = [`| | ${STATES.join(' | ')} |`, `| --- |${' :-: |'.repeat(STATES.length)}`];
  return [
    ...head,
    ...moves.map(([move, { from, to, by, reasonFrom = [] }]) => {
      const sides = ROLES.filter((role) => by.includes(role)).map(
        (role) => `${role.charAt(0)}${reasonFrom.includes(role) ? '!' : ''}`,
      );
      const cell = `${sides.join(' ')} ${to === null ? '·' : '→'}`;
      return `| \`${move}\` | ${STATES.map((state) => (from.includes(state) ? cell : '')).join(' | ')} |`;
    }),
  ];
}

function kindTable(): readonly string[] {
  const list = (all: readonly string[] | undefined) => all?.map((one) => `\`${one}\``).join(', ') ?? '';
  const head = [
    '| 种类 Kind | 目的 Purposes | 依据 Bases | 优先级至少 Priority at least | 转出方 Requester | 目标方 Target | 由何而来 Reverses | 须附 Needs | 不得以已满拒绝 No capacity ground | 可凭身份号码 By ID number | 法定 Statutory |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  ];
  return [
    ...head,
    ...kinds.map(([kind, rule]) => {
      const cells = [
        `\`${kind}\``,
        list(rule.purposes),
        list(rule.bases),
        rule.priorityAtLeast,
        list(rule.requesterKinds),
        list(rule.targetKinds),
        list(rule.reversalOf),
        rule.needs ?? '',
        rule.noCapacityGround === undefined ? '' : WHO_MAY_NOT[rule.noCapacityGround],
        rule.byNumber === undefined ? '' : WHO_BY_NUMBER[rule.byNumber],
        rule.statutory ? '✓' : '',
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  ];
}
