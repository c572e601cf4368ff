/** One thing of a subgraph: its type's name and its fields, nested as in the schema. */
export type Entity = Readonly<Record<string, unknown>> & { readonly __typename: string };

const STAGES = ['CHILD', 'ADULT', 'OLD_AGE'] as const;
const STATUSES = ['SENT', 'ACCEPTED', 'CLOSED'] as const;
const KINDS = ['MINIMUM_LIVING', 'MEDICAL', 'TEMPORARY'] as const;

const list = <T>(length: number, one: (i: number) => T): readonly T[] => Array.from({ length }, (_, i) => one(i));
const day = (n: number): string =>
  `2026-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`;

/** Everything follows from the number, so that each process that knows it gives the same. About 3 kB a person in all. */
export const personRecord = (n: number): Entity => ({
  __typename: 'Person',
  id: `p-${n}`,
  maskedName: `王*${n % 100}`,
  birthYear: n % 7 === 0 ? null : 1940 + (n % 80),
  lifeStage: STAGES[n % STAGES.length],
  division: `33010${n % 10}001`,
  inCareSince: n % 3 === 0 ? null : day(n),
});

export const referralRecord = (n: number): Entity => ({
  __typename: 'Referral',
  id: `r-${n}`,
  status: STATUSES[n % STATUSES.length],
  reason: `转介原因 ${n}: repeated absence from school, wish of the guardian`,
  createdAt: `${day(n)}T08:00:00Z`,
  person: { __typename: 'Person', id: `p-${n}` },
});

/** The part that one department's subgraph has of a person. */
const facetOf =
  (field: string, facet: (n: number) => Entity) =>
  (n: number): Entity => ({
    __typename: 'Person',
    id: `p-${n}`,
    [field]: facet(n),
  });

export const educationRecord = facetOf('education', (n) => ({
  __typename: 'EducationFacet',
  asOf: `${day(n)}T08:00:00Z`,
  enrolment: list(3, (i) => ({
    __typename: 'Enrolment',
    school: `第${n % 40}中学 No. ${n % 40} Middle School`,
    grade: i === 2 ? null : 7 + i,
    boarding: (n + i) % 2 === 0,
    start: day(n + i),
    end: i === 0 ? null : day(n + i + 5),
  })),
  counselling: list(3, (i) => ({
    __typename: 'CounsellingService',
    date: day(n + i),
    kind: i % 2 === 0 ? 'individual counselling' : 'group counselling',
    minutes: i === 1 ? null : 45,
  })),
}));

export const healthRecord = facetOf('health', (n) => ({
  __typename: 'HealthFacet',
  asOf: `${day(n)}T09:00:00Z`,
  visits: list(4, (i) => ({
    __typename: 'Visit',
    date: day(n + i),
    institution: `市第${n % 9}医院 Hospital No. ${n % 9}`,
    urgent: (n + i) % 5 === 0,
    specialty: i === 3 ? null : { __typename: 'Specialty', code: `A15.0${i}`, text: '儿少心理 child psychology' },
  })),
  medication: list(2, (i) => ({
    __typename: 'Medication',
    text: `舍曲林 sertraline ${25 * (i + 1)} mg`,
    start: day(n + i),
    end: i === 0 ? null : day(n + 2),
  })),
}));

export const civilAffairsRecord = facetOf('civilAffairs', (n) => ({
  __typename: 'CivilAffairsFacet',
  asOf: `${day(n)}T10:00:00Z`,
  assistance: list(3, (i) => ({
    __typename: 'Assistance',
    kind: KINDS[(n + i) % KINDS.length],
    start: day(n + i),
    end: i === 0 ? null : day(n + i + 3),
    monthlyYuan: i === 2 ? null : 700.5 + i,
  })),
  guidance: list(2, (i) => ({
    __typename: 'Guidance',
    date: day(n + i),
    place: `街道服务站 ${n % 12} community station`,
  })),
}));

export const justiceRecord = facetOf('justice', (n) => ({
  __typename: 'JusticeFacet',
  asOf: `${day(n)}T11:00:00Z`,
  legalAid: list(2, (i) => ({
    __typename: 'LegalAid',
    opened: day(n + i),
    matter: i === 0 ? '抚养 custody' : '劳动报酬 wages',
    lawyer:
      i === 1 ? null : { __typename: 'Lawyer', name: `李*${n % 10}`, firm: `法律援助中心 ${n % 5} legal aid centre` },
  })),
  mediation: list(2, (i) => ({
    __typename: 'Mediation',
    date: day(n + i),
    committee: `人民调解委员会 ${n % 6} mediation committee`,
    agreed: (n + i) % 2 === 0,
  })),
}));
