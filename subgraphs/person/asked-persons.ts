import { GraphQLError } from 'graphql';

/** How many persons a request may ask for. The hub offers no list of persons, nor what comes to the same by aliases. */
export const MAX_PERSONS = 20;

/** Notes who is asked for. Throws `LIMIT_EXCEEDED` where that would be too many different ones for one request. */
export type AskedPersons = (by: 'id' | 'localId' | 'idNumber', ...values: string[]) => void;

/** One a request. Persons whom an answer leads to (a referral's, a guardian) are not asked for and do not count. */
export function askedPersons(): AskedPersons {
  const asked = new Set<string>();
  return (by, ...values) => {
    const more = new Set(values.map((value) => `${by} ${value}`)).difference(asked);
    if (asked.size + more.size > MAX_PERSONS)
      throw new GraphQLError(
        `A request may ask for at most ${MAX_PERSONS} persons; ask for the others in another one.`,
        {
          extensions: { code: 'LIMIT_EXCEEDED', limit: 'persons' },
        },
      );
    more.forEach((one) => asked.add(one));
  };
}
