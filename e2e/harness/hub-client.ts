import { z } from 'zod';

const answerSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  extensions: z.looseObject({}).optional(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.looseObject({ code: z.string() }),
      }),
    )
    .optional(),
});

export interface HubAnswer {
  readonly status: number;
  // A test looks into the answer to its own query; the schema has checked it.
  readonly data: any;
  readonly errors: NonNullable<z.infer<typeof answerSchema>['errors']>;
  /** Left out where the hub sends none. */
  readonly extensions?: any;
}

/** Asks the hub one operation, as a department's system would. */
export async function askHub(
  gateway: string,
  {
    token,
    query,
    variables = {},
    purpose = 'CARE',
    headers = {},
  }: {
    token?: string;
    query: string;
    variables?: Readonly<Record<string, unknown>>;
    purpose?: string;
    headers?: Readonly<Record<string, string>>;
  },
): Promise<HubAnswer> {
  const response = await fetch(gateway, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-purpose-of-use': purpose,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [], extensions } = answerSchema.parse(await response.json());
  return { status: response.status, data: data ?? null, errors, ...(extensions && { extensions }) };
}

/** `CODE path.of.field` of each error, sorted: easy to compare. */
export function codesAndPaths({ errors }: Pick<HubAnswer, 'errors'>): readonly string[] {
  return errors.map(({ extensions, path = [] }) => `${extensions.code} ${path.join('.')}`).sort();
}
