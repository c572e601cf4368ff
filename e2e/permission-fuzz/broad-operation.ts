import { getNamedType, isLeafType, isObjectType, parse, print } from 'graphql';
import type { RenderedOperation } from '../oracle/render-operation.ts';
import { apiSchema } from './api-schema.ts';
import type { Directed } from './directed-questions.ts';
import { DEPARTMENTS } from './reference/departments.ts';
import { sidesOf } from './reference/referral-sides.ts';
import type { World } from './world/facts.ts';

/** All that there is to see about somebody, in one operation: who they are, every category, a referral, the consents. */
export function broadOperation({ asking, person }: Directed, { referrals }: World): RenderedOperation {
  const about = referrals.filter(({ personId }) => personId === person.id);
  const referral = about.find((one) => sidesOf(asking, one).length > 0) ?? about[0];
  const facets = DEPARTMENTS.map(
    ({ field, facet, categories }) =>
      `${field} { source { status } ${Object.values(categories)
        .map((one) => `${one} { ${leavesOf(facet, one)} }`)
        .join(' ')} }`,
  );
  const text = `query ($id: ID!, $referral: ID!) {
    person(id: $id) { id maskedName name ${facets.join(' ')} }
    referral(id: $referral) {
      id kind state advice endingReason platformNumber rejection { code reason } dischargeAssessment { summary }
      attachments { title } messages { text } followUps { text }
    }
    consents(personId: $id) { id status }
  }`;
  return { text: print(parse(text)), variables: { id: person.id, referral: referral?.id ?? person.id } };
}

/** A few are as good as all: a category is shown or not. */
const SOME = 2;

function leavesOf(facet: string, category: string): string {
  const type = apiSchema().getType(facet);
  const rows = isObjectType(type) ? getNamedType(type.getFields()[category]?.type) : undefined;
  if (!isObjectType(rows)) throw new Error(`${facet}.${category} has no rows`);
  const leaves = Object.values(rows.getFields()).filter((one) => isLeafType(getNamedType(one.type)));
  return leaves
    .slice(0, SOME)
    .map(({ name }) => name)
    .join(' ');
}
