/** What the parts of the hub are asked for when somebody collects metrics, by the name of the metric. */
export const MEASURES = {
  xinqiao_audit_unanchored_seconds: {
    help: 'Age of the oldest audit record that no checkpoint covers; 0 = all are covered.',
    label: null,
  },
  xinqiao_audit_waiting_records: {
    help: 'Audit records that wait to be durable, and their answers with them.',
    label: null,
  },
  xinqiao_audit_spooled_records: { help: 'Records of emergencies on the local spool.', label: null },
  xinqiao_emergency_spooled_accesses: {
    help: 'Emergency accesses on the local spool that the store has not taken.',
    label: null,
  },
  xinqiao_outbox_lag_seconds: {
    help: 'Since when a relay has not come to the end of its outbox.',
    label: 'outbox',
  },
  xinqiao_sign_in_problems: {
    help: 'What is wrong at the sign-in server, by kind: 1 while it is.',
    label: 'kind',
  },
  xinqiao_webhook_endpoints: {
    help: 'Endpoints of receivers by how they stand: well, troubled, down.',
    label: 'standing',
  },
  xinqiao_webhook_retrying_messages: { help: 'Messages that failed and are tried again.', label: null },
  xinqiao_referrals_overdue: { help: 'Referrals of which a clock that runs is overdue.', label: null },
} as const satisfies Readonly<Record<string, { readonly help: string; readonly label: string | null }>>;

export interface Measure {
  readonly name: keyof typeof MEASURES;
  /** The value of the label, where it has one: of a closed list. */
  readonly of?: string;
  readonly value: number;
}

/** Asked at each collection; what fails is missing from it. */
export type Measures = () => Promise<readonly Measure[]>;
