import { type Caller, PURPOSES, type PurposeOfUse } from '../../subgraphs/shared/caller.ts';

/** The request does not say why it is made, or says something that the caller's token does not allow. */
export class PurposeError extends Error {
  readonly code = 'BAD_USER_INPUT';

  constructor(message: string) {
    super(message);
    this.name = 'PurposeError';
  }
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The purpose of a request: header `x-purpose-of-use`, required, one of those in the token. Throws `PurposeError`. */
export function purposeOf(headers: Headers, { purposes }: Pick<Caller, 'purposes'>): PurposeOfUse {
  const stated = headers['x-purpose-of-use'];
  const purpose = PURPOSES.find((known) => known === stated);
  if (purpose === undefined) {
    throw new PurposeError(`The header x-purpose-of-use is needed once, with one of: ${PURPOSES.join(', ')}.`);
  }
  if (!purposes.includes(purpose)) {
    throw new PurposeError(`Your access token does not allow the purpose ${purpose}; ${allowed(purposes)}.`);
  }
  return purpose;
}

function allowed(purposes: readonly PurposeOfUse[]): string {
  return purposes.length === 0 ? 'it allows none' : `it allows: ${purposes.join(', ')}`;
}
