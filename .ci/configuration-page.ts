/**
 * `npm run configuration-page`: writes docs/configuration.md from the declared tables, those of the gateway and the store
 * and of every module that schema/deployment.json names. With `--check` it writes nothing and fails if the page is old.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Setting, SettingsTable } from '../adapters/shared/settings.ts';
import { auditSettings } from '../adapters/audit/settings.ts';
import { observabilitySettings } from '../adapters/observability/settings.ts';
import { storeSettings } from '../adapters/store/settings.ts';
import { vaultSettings } from '../adapters/vault/settings.ts';
import { gatewaySettings } from '../gateway/config.ts';
import { loadModules } from '../gateway/load-subgraphs.ts';
import { DEPLOYMENT_FILE, readDeployment } from '../schema/departments.ts';
import { deskSettings } from '../subgraphs/referral/desk/settings.ts';
import { departmentKeySettings, hubSettings, subgraphSettings } from '../subgraphs/shared/run-subgraph.ts';

const PAGE = new URL('../docs/configuration.md', import.meta.url);

const HEAD = `# 配置 / Configuration

由 \`npm run configuration-page\` 从代码生成，请勿手改。只有环境变量，没有配置文件；启动时一次报告所有问题。
Written by \`npm run configuration-page\` from the code; do not edit. Environment variables only; a start reports every problem at once.

- 空值等于未设置。标“密”者为机密，也可写入文件，用 \`<变量>_FILE\` 给出路径（二者只能取一）。 / An empty variable counts as absent. Where 密 stands the value is a secret: it may also be in a file that \`<NAME>_FILE\` names, instead of the variable.
- “读取者”一栏：\`gateway\` 即 \`npm start\` 的进程，子图都在其中时也读各子图的变量；“alone” 指子图单独运行（\`node subgraphs/<name>/main.ts\`）。 / "Read by": \`gateway\` is the process of \`npm start\`, which also reads the variables of the subgraphs that run in it; "alone" is a subgraph on its own (\`node subgraphs/<name>/main.ts\`).
- \`NODE_ENV=production\`：弱密钥、公开或演示密钥、无 TLS 的签发者等一律拒绝启动。 / \`NODE_ENV=production\` refuses weak, published and demo keys and issuers without TLS ([what exactly](decisions/weak-keys.md)).
- 必填而无默认者标 **required**。 / What has no default and must be given is **required**.

| 变量 Name | 读取者 Read by | 含义 Meaning | 默认 Default | 密 Secret |
| --- | --- | --- | --- | --- |
`;

interface Reader {
  readonly name: string;
  readonly table: SettingsTable;
}

const page = `${HEAD}${rows(await readers()).join('\n')}\n`;
if (process.argv.includes('--check')) {
  if (readFileSync(PAGE, 'utf8') !== page) {
    console.error('docs/configuration.md is not up to date; run: npm run configuration-page');
    process.exitCode = 1;
  }
} else writeFileSync(PAGE, page);

/** Everybody who reads the environment. A new department's module brings its own table. */
async function readers(): Promise<readonly Reader[]> {
  const { modules } = await loadModules(readDeployment(), {
    deploymentFile: DEPLOYMENT_FILE.pathname,
    environment: {},
  });
  return [
    {
      name: 'gateway',
      table: { ...gatewaySettings, ...storeSettings, ...auditSettings, ...vaultSettings, ...observabilitySettings },
    },
    ...modules.map(({ module }) => ({ name: module.name, table: module.settings })),
    { name: 'alone', table: subgraphSettings },
    { name: 'department alone', table: departmentKeySettings },
    { name: 'hub’s own alone', table: hubSettings },
    { name: 'desk', table: deskSettings },
  ];
}

/** One line a variable and meaning, in the readers' order: what two of them share stands once. */
function rows(all: readonly Reader[]): readonly string[] {
  const cells = new Map<string, { readonly readBy: string[]; readonly line: (readBy: string) => string }>();
  for (const { name: reader, table } of all)
    for (const [name, setting] of Object.entries(table)) {
      const line = (readBy: string) =>
        `| \`${name}\` | ${readBy} | ${setting.description} | ${defaultOf(setting)} | ${setting.secret ? '密' : ''} |`;
      const known = cells.get(line(''));
      if (known) known.readBy.push(reader);
      else cells.set(line(''), { readBy: [reader], line });
    }
  return [...cells.values()].map(({ readBy, line }) => line(readBy.join(', ')));
}

function defaultOf({ schema, shown }: Setting<unknown>): string {
  if (shown === undefined) {
    if (!schema.safeParse(undefined).success) return '**required**';
    throw new Error('an optional setting must say its default in `shown`');
  }
  // Not tried out: whether a default file serves may depend on the day, and this page must not.
  return /^[\w./:<>-]+$/.test(shown) && shown !== 'none' ? `\`${shown}\`` : shown;
}
