import type { Department } from '../../schema/departments.ts';
import { signGrant } from '../shared/grant.ts';
import type { SubgraphServices } from '../shared/subgraph.ts';
import type { PersonContext } from './person-context.ts';
import type { ShownPerson } from './person-fields.ts';

/** The grant field of each department: the decision, signed for that department's subgraph; `null` = nothing granted. */
export function grantFields(departments: readonly Department[], grantKey: SubgraphServices['grantKey']) {
  return Object.fromEntries(
    departments.map(({ slug, grantField }) => {
      const key = grantKey(slug);
      return [
        grantField,
        async ({ person, access }: ShownPerson, _args: unknown, { request }: PersonContext) => {
          const granted = access.departments.find(({ department }) => department.slug === slug);
          if (granted === undefined || granted.parts.length === 0) return null;
          const parts = granted.parts.map(({ basis, categories, localIds }) => ({ basis, categories, localIds }));
          const { purpose, requestId, caller } = request;
          const grant = { personId: person.id, parts, purpose, requestId, actor: caller.client };
          return signGrant(grant, { audience: slug, key });
        },
      ];
    }),
  );
}
