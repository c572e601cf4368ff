/** The variables of a request, as the client sent them. */
export type Variables = Readonly<Record<string, unknown>>;

/** A number that is known, or follows from the variables of a request. Never negative, never infinite. */
export type Amount = number | ((variables: Variables) => number);

/** All together; what is known is added up now. */
export function sum(amounts: readonly Amount[]): Amount {
  const known = amounts.reduce<number>((total, one) => total + (typeof one === 'number' ? one : 0), 0);
  const open = amounts.filter((one) => typeof one !== 'number');
  if (open.length === 0) return known;
  return (variables) => {
    let total = known;
    for (const one of open) total += one(variables);
    return total;
  };
}

/** So many times as much. */
export function times(count: Amount, each: Amount): Amount {
  if (count === 0 || each === 0) return 0;
  if (typeof count === 'number' && typeof each === 'number') return count * each;
  return (variables) => {
    const often = evaluated(count, variables);
    // What is not there at all has no mistakes either.
    return often === 0 ? 0 : often * evaluated(each, variables);
  };
}

/** The largest. */
export function largest(amounts: readonly Amount[]): Amount {
  if (amounts.every((one) => typeof one === 'number')) return Math.max(0, ...amounts);
  const [only, ...others] = amounts;
  if (only !== undefined && others.length === 0) return only;
  return (variables) => {
    let most = 0;
    for (const one of amounts) most = Math.max(most, evaluated(one, variables));
    return most;
  };
}

export function evaluated(amount: Amount, variables: Variables): number {
  return typeof amount === 'number' ? amount : amount(variables);
}
