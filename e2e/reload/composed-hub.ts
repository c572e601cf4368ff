import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { composeHub } from '../../schema/compose/compose-hub.ts';
import { type ComposedTexts, marked } from '../../schema/composed-together.ts';
import { readDeployment } from '../../schema/departments.ts';
import { putInPlace } from './put-in-place.ts';

const schemaFolder = new URL('../../schema/', import.meta.url);
const text = (file: string) => readFileSync(new URL(file, schemaFolder), 'utf8');
const scopes = z.array(z.object({ name: z.string() }));

/** Another subgraph beside those of the project, elsewhere (`url`) or in the hub's process (`module`). */
export interface FurtherSubgraph {
  readonly name: string;
  readonly url?: string;
  readonly module?: string;
  readonly sdl: string;
}

/** The hub's schema composed as `npm run compose` does, with what a test changes. Throws with every problem. */
export function composedHub({
  further = [],
  edited = (_file, sdl) => sdl,
}: {
  further?: readonly FurtherSubgraph[];
  /** What stands in a file of `schema/` in place of its text. */
  edited?: (file: string, sdl: string) => string;
} = {}): ComposedTexts {
  const own = new Map(further.map(({ name, sdl }) => [`${name}.graphql`, sdl]));
  const { schema, problems } = composeHub({
    deployment: [...readDeployment(), ...further.map(({ name, url, module }) => ({ name, url, module }))],
    read: (file) => own.get(file) ?? edited(file, text(file)),
    hubScopes: new Set(scopes.parse(JSON.parse(text('scopes.json'))).map(({ name }) => name)),
    published: null,
  });
  if (schema === null) throw new Error(problems.join('\n'));
  const { supergraph, api } = schema;
  const permissions = JSON.stringify(Object.fromEntries(schema.permissions));
  return { supergraph: marked({ supergraph, api, permissions }), api, permissions };
}

/** Three files of a folder that a hub is pointed to. */
export function schemaFiles(folder: string) {
  const files = {
    supergraph: join(folder, 'supergraph.graphql'),
    api: join(folder, 'api.graphql'),
    permissions: join(folder, 'permissions.json'),
  };
  return {
    environment: {
      SUPERGRAPH_FILE: files.supergraph,
      API_FILE: files.api,
      PERMISSIONS_FILE: files.permissions,
    },
    /** One after the other, or some of them only. */
    put: (composed: Partial<ComposedTexts>) => {
      for (const name of ['permissions', 'api', 'supergraph'] as const)
        if (composed[name] !== undefined) putInPlace(files[name], composed[name]);
    },
  };
}
