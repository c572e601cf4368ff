import { type ConstDirectiveNode, type DocumentNode, Kind, parse, visit } from 'graphql';

/** Purposes that a supergraph may give a feature: whoever serves it without knowing that answers wrong, or too much. */
const SERVED = new Set(['core', 'link', 'join', 'inaccessible', 'tag']);

/** Arguments of `@join__field` that change where a field is fetched, by what they stand for in a subgraph's schema. */
const UNSERVED_ARGUMENTS: ReadonlyMap<string, string> = new Map([
  ['overrideLabel', '@override(label:)'],
  ['contextArguments', '@context'],
]);

/**
 * Throws for a supergraph that asks for what the engine does not do: rules of access that only Apollo's router enforces,
 * connectors, arguments from a context, progressive overrides. Served without these it would be answered wrong.
 */
export function refuseUnserved(supergraphSdl: string): void {
  const document = parse(supergraphSdl, { noLocation: true });
  const unserved = new Set([...linked(document), ...joined(document)]);
  if (unserved.size === 0) return;
  const names = [...unserved].join(', ');
  throw new Error(
    `the supergraph uses ${names}, which this gateway does not serve: take it out of the subgraphs' schemas and compose again, or serve the supergraph by a router that knows it`,
  );
}

/** Features with a purpose (`for: SECURITY` or `EXECUTION`), by their names. */
function linked(document: DocumentNode): readonly string[] {
  return document.definitions
    .flatMap((one) =>
      one.kind === Kind.SCHEMA_DEFINITION || one.kind === Kind.SCHEMA_EXTENSION ? (one.directives ?? []) : [],
    )
    .filter((directive) => argument(directive, 'for') !== null)
    .map((directive) => argument(directive, 'url') ?? argument(directive, 'feature') ?? '')
    .map((url) => url.split('/').at(-2) ?? url)
    .filter((name) => !SERVED.has(name))
    .map((name) => `@${name}`);
}

function joined(document: DocumentNode): readonly string[] {
  const found: string[] = [];
  visit(document, {
    FieldDefinition: ({ directives = [] }) => {
      for (const { name, arguments: given = [] } of directives)
        if (name.value === 'join__field')
          found.push(...given.flatMap((one) => UNSERVED_ARGUMENTS.get(one.name.value) ?? []));
      return false;
    },
  });
  return found;
}

function argument({ arguments: given = [] }: ConstDirectiveNode, name: string): string | null {
  const value = given.find((one) => one.name.value === name)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : null;
}
