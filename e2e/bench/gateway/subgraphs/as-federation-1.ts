import { type ConstDirectiveNode, type FieldDefinitionNode, Kind, parse, print, visit } from 'graphql';

const external: ConstDirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'external' } };

/**
 * The same subgraph in the words of Federation 1: who has no root field for a person extends it. For schemas as simple as
 * these (`@key` alone, by `id`).
 */
export function asFederation1(sdl: string): string {
  const document = parse(sdl, { noLocation: true });
  const ownsPersons = sdl.includes('persons(');
  return print(
    visit(document, {
      SchemaExtension: () => null,
      Directive: (node) => ({
        ...node,
        arguments: (node.arguments ?? []).filter(({ name }) => name.value === 'fields'),
      }),
      ObjectTypeDefinition: {
        leave: (node) => {
          // mercurius takes root fields from extensions alone.
          if (node.name.value === 'Query') return { ...node, kind: Kind.OBJECT_TYPE_EXTENSION };
          if (node.name.value !== 'Person' || ownsPersons) return undefined;
          const fields = (node.fields ?? []).map((field) =>
            isId(field) ? { ...field, directives: [external] } : field,
          );
          return { ...node, kind: Kind.OBJECT_TYPE_EXTENSION, fields };
        },
      },
    }),
  );
}

const isId = ({ name }: FieldDefinitionNode): boolean => name.value === 'id';
