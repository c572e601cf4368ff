/** What is asked of every contestant. The same text and the same answer for all. */
export interface BenchOperation {
  readonly name: OperationName;
  readonly query: string;
  /** Of the n-th request: another person each time, so that nobody answers from memory. */
  readonly variables: (n: number) => Readonly<Record<string, unknown>>;
}

export const OPERATION_NAMES = ['profile', 'profiles', 'referral'] as const;
export type OperationName = (typeof OPERATION_NAMES)[number];

/** How many people the operations ask for in turn. */
export const PEOPLE = 500;
const PROFILES = 20;

const PERSON = `id
    maskedName
    birthYear
    lifeStage
    division
    inCareSince
    education {
      asOf
      enrolment { school grade boarding start end }
      counselling { date kind minutes }
    }
    health {
      asOf
      visits { date institution urgent specialty { code text } }
      medication { text start end }
    }
    civilAffairs {
      asOf
      assistance { kind start end monthlyYuan }
      guidance { date place }
    }
    justice {
      asOf
      legalAid { opened matter lawyer { name firm } }
      mediation { date committee agreed }
    }`;

const PROFILES_QUERY = `query Profiles($ids: [ID!]!) {
  persons(ids: $ids) {
    ${PERSON}
  }
}`;

/** Two waves: the person, then four departments at once. */
const profile: BenchOperation = {
  name: 'profile',
  query: `query Profile($id: ID!) {
  person(id: $id) {
    ${PERSON}
  }
}`,
  variables: (n) => ({ id: `p-${n % PEOPLE}` }),
};

/** Two waves, so many entities in each request. */
export function profilesOf(people: number): BenchOperation {
  const variables = (n: number) => ({
    ids: Array.from({ length: people }, (_, i) => `p-${(n + i) % Math.max(PEOPLE, people)}`),
  });
  return { name: 'profiles', query: PROFILES_QUERY, variables };
}

/** Three waves: the referral, its person, four departments at once. */
const referral: BenchOperation = {
  name: 'referral',
  query: `query Referral($id: ID!) {
  referral(id: $id) {
    id
    status
    reason
    createdAt
    person {
    ${PERSON}
    }
  }
}`,
  variables: (n) => ({ id: `r-${n % PEOPLE}` }),
};

export const OPERATIONS: Readonly<Record<OperationName, BenchOperation>> = {
  profile,
  profiles: profilesOf(PROFILES),
  referral,
};
