import { readFileSync } from 'node:fs';
import { Kind, parse } from 'graphql';
import { departmentsOf, readDeployment } from '../../../schema/departments.ts';

/** The Chinese word of each value of each enum of the directory, from the SDL, where it stands already. */
export function codeWords(): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sdl = readFileSync(new URL('../../../schema/directory.graphql', import.meta.url), 'utf8');
  const shared = readFileSync(new URL('../../../schema/shared.graphql', import.meta.url), 'utf8');
  const departments = departmentsOf(readDeployment()).map(({ zh, code }) => [zh, code] as const);
  return new Map([
    ['Department', new Map(departments)],
    ...[sdl, shared].flatMap((text) =>
      parse(text).definitions.flatMap((definition) => {
        if (definition.kind !== Kind.ENUM_TYPE_DEFINITION) return [];
        const words = (definition.values ?? []).map(
          ({ name, description }) => [chineseOf(description?.value ?? ''), name.value] as const,
        );
        return [[definition.name.value, new Map(words)] as const];
      }),
    ),
  ]);
}

/** `心理疏导。 / Counselling.` → `心理疏导`; what stands behind a colon or in brackets explains the word. */
function chineseOf(description: string): string {
  return (description.split(' / ')[0] ?? '').replace(/[。：（].*$/su, '').trim();
}
