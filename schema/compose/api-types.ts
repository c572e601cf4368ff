import { codegen } from '@graphql-codegen/core';
import * as typescriptPlugin from '@graphql-codegen/typescript';
import { buildSchema, parse } from 'graphql';

/** TypeScript types of the public API: what resolvers answer and take, checked against the schema by the compiler. */
export async function apiTypes(apiSdl: string): Promise<string> {
  const text = 'string';
  const types = await codegen({
    filename: 'api-types.ts',
    schema: parse(apiSdl),
    schemaAst: buildSchema(apiSdl),
    documents: [],
    config: {},
    plugins: [
      {
        typescript: {
          enumsAsTypes: true,
          immutableTypes: true,
          skipTypename: true,
          useTypeImports: true,
          scalars: {
            Date: text,
            DateTime: text,
            PartialDate: text,
            DivisionCode: text,
            OrganisationCode: text,
            MaskedName: text,
            IDNumber: text,
            NonNegativeInt: 'number',
            NonNegativeFloat: 'number',
          },
        },
      },
    ],
    pluginMap: { typescript: typescriptPlugin },
  });
  return `// Written by \`npm run compose\` from the public API schema; do not edit.\n${types}`;
}
