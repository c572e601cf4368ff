import type { Department } from '../departments.ts';
import type { PermissionTable } from '../permission-table.ts';

/** The permission table as a page for people: what each data category is, and which scopes each field needs. */
export function permissionReference(table: PermissionTable, departments: readonly Department[]): string {
  const categories = departments.flatMap(({ zh, en, categories: own }) =>
    own.map((category) => `| ${zh} ${en} | ${category.zh} ${category.en} | \`${category.scope}\` |`),
  );
  const fields = [...table].map(
    ([coordinate, { classification, scopes }]) =>
      `| \`${coordinate}\` | ${classification} | ${scopesInWords(scopes)} |`,
  );
  return `# 权限一览 / Permissions

Written by \`npm run compose\` from the schema; do not edit. Every field needs a valid token; the scopes below come on top.
每个字段都需要有效令牌；此外还需下列权限。

## 数据类别 / Data categories

| 部门 Department | 类别 Category | 权限 Scope |
| --- | --- | --- |
${categories.join('\n')}

## 字段 / Fields

| 字段 Field | 分类 Classification | 所需权限 Scopes |
| --- | --- | --- |
${fields.join('\n')}
`;
}

function scopesInWords(scopes: readonly (readonly string[])[]): string {
  if (scopes.length === 0) return '–';
  return scopes.map((set) => set.map((scope) => `\`${scope}\``).join(' + ')).join(' or ');
}
