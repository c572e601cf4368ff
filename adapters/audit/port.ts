/**
 * Who saw or changed what about whom, on what basis. One record a request, durable before its answer goes out, and one
 * for each change, carried by the change itself. Never a value of a field.
 */
import { z } from 'zod';
import type { Json, StoreEvent } from '../store/port.ts';

/** Texts from a caller are cut to this length before they enter a record. */
const MAX_TEXT = 200;
const text = z.string().max(MAX_TEXT);

/** A text from a caller as it may stand in a record: JSON keeps line breaks harmless, lone surrogates it cannot carry (case 65). */
export function auditText(given: string): string {
  return given.slice(0, MAX_TEXT).toWellFormed();
}
const texts = z.array(z.string()).readonly();

/** Who asked, as the verified token says. */
const actorSchema = z
  .object({
    subject: text,
    client: text,
    organisation: z.string().nullable(),
    department: z.string().nullable(),
    division: z.string().nullable(),
    /** A person's own token, or a guardian's. */
    personId: z.string().nullable(),
  })
  .readonly();
export type AuditActor = z.infer<typeof actorSchema>;

const standingSchema = z.object({ basis: z.string(), ground: z.string().nullable() }).readonly();

/** What the answer shows of one person, and why it may. */
const auditedPersonSchema = z
  .object({
    /** Hub id; `null` where the caller asked by something that led to nobody. */
    id: text.nullable(),
    /** How the caller came to the person: `id`, `localId`, `idNumber`, `entity` (through another record), or `matter`. */
    by: z.string(),
    /** False: unknown, without any basis, or a matter alone. The answer has no such `Person`. */
    visible: z.boolean(),
    /** Category (`health:visits`) of which something is in the answer → why. */
    shown: z.record(z.string(), standingSchema).readonly(),
    /** Index into `coordinates`, fields outside `Person` with their root field among them; `null` = nothing of the person is in the answer. */
    coordinates: z.number().int().nullable(),
    /** An emergency opened records of units outside the caller's jurisdiction. */
    crossesJurisdiction: z.boolean(),
    /** The user bears the person's name, or a colleague of the user's organisation does. A fact for the auditor, no verdict. */
    nameMatch: z.enum(['OWN', 'COLLEAGUE']).nullable(),
    /** A mandatory report is among it: its source is not told to the person. */
    ofReport: z.literal(true).optional(),
  })
  .readonly();
export type AuditedPerson = z.infer<typeof auditedPersonSchema>;

export const requestRecordSchema = z
  .object({
    kind: z.literal('REQUEST'),
    /** The request's id. */
    id: z.string(),
    at: z.string(),
    /** W3C trace id of the caller, where one came. */
    trace: z.string().nullable(),
    actor: actorSchema,
    purpose: z.string(),
    operation: z.object({ type: z.string(), name: text.nullable(), hash: z.string() }).readonly().nullable(),
    /** `ANSWERED`, some of it perhaps null with a code; `REFUSED`: nothing was answered; `FAILED`: it broke. */
    outcome: z.enum(['ANSWERED', 'REFUSED', 'FAILED']),
    /** Codes of the answer's errors, each once, sorted. */
    codes: texts,
    /** Coordinates that were asked for and taken out, for want of a scope. */
    forbidden: texts,
    /** Sets of field coordinates with a value in the answer, about whom `persons` says. */
    coordinates: z.array(texts).readonly(),
    /** Coordinates in the answer that are about nobody in particular. */
    others: texts,
    persons: z.array(auditedPersonSchema).readonly(),
    /** Written to the local spool first, since the store took no records; the instant of that. */
    spooledAt: z.string().nullable(),
  })
  .readonly();
export type RequestRecord = z.infer<typeof requestRecordSchema>;

/** The basis ended before the record was durable: the answer of the request was not released. */
const withheldRecordSchema = z
  .object({
    kind: z.literal('WITHHELD'),
    id: z.string(),
    at: z.string(),
    /** Id of the request's own record. */
    request: z.string(),
    persons: z.array(z.string()).readonly(),
  })
  .readonly();

/** A change of something about a person, carried by the change itself as an event of the same durable step. */
export const changeRecordSchema = z
  .object({
    kind: z.literal('CHANGE'),
    id: z.string(),
    at: z.string(),
    /** The request that made it; `null` = a job of the hub or a command of its operator. */
    request: z.string().nullable(),
    actor: actorSchema.nullable(),
    purpose: z.string().nullable(),
    /** E.g. `CONSENT_WITHDRAWN`. */
    change: z.string(),
    collection: z.string(),
    /** Of the document that changed, and the version that it then had. */
    document: z.string(),
    version: z.number().int(),
    personId: z.string().nullable(),
  })
  .readonly();
export type ChangeRecord = z.infer<typeof changeRecordSchema>;

/** Old records left the chain; what they were is signed elsewhere. */
const retiredRecordSchema = z
  .object({
    kind: z.literal('RETIRED'),
    id: z.string(),
    at: z.string(),
    log: z.string(),
    first: z.number().int(),
    last: z.number().int(),
    lastHash: z.string(),
  })
  .readonly();

const auditRecordSchema = z.discriminatedUnion('kind', [
  requestRecordSchema,
  withheldRecordSchema,
  changeRecordSchema,
  retiredRecordSchema,
]);
export type AuditRecord = z.infer<typeof auditRecordSchema>;

/** A record in its chain. `hash` = SHA-256 over the canonical form (RFC 8785) of everything else here, in hex. */
export const chainedRecordSchema = z
  .object({
    /** 1, 2, 3 … in its writer's chain. */
    sequence: z.number().int(),
    /** Hash of the record before; of the first, 64 zeros. */
    previous: z.string(),
    record: auditRecordSchema,
    hash: z.string(),
  })
  .readonly();
export type ChainedRecord = z.infer<typeof chainedRecordSchema>;

/** Logs of the store that hold chains are named so, followed by the writer's name. */
export const AUDIT_LOG_PREFIX = 'audit:';

/** Nobody's own name: the chain that all write, of the records of changes. */
export const CHANGES_WRITER = 'changes';

/** What records are found by in the store (`findInLogs`). */
export const auditTerm = {
  person: (id: string): string => `person:${id}`,
  client: (id: string): string => `client:${id}`,
  subject: (id: string): string => `subject:${id}`,
  basis: (basis: string): string => `basis:${basis}`,
  trace: (id: string): string => `trace:${id}`,
  request: (id: string): string => `request:${id}`,
  all: 'all',
} as const;

export interface AuditLog {
  /** Resolves when the record is durable in its chain. Throws `AuditUnavailable`. */
  append(record: AuditRecord): Promise<void>;
  /**
   * The same for a request that must be answered even while the store takes no records (an emergency): the record is on
   * the local spool, and durable, before anything else; it enters the chain now or, marked, as soon as the store is back.
   */
  appendThroughSpool(record: RequestRecord): Promise<void>;
  close(): Promise<void>;
}

/**
 * A local append-only file for what an emergency cannot wait with: durable when `write` resolves, given back in order
 * until it is `done`, also after a crash.
 */
export interface Spool {
  /** `id` is unique; written again it is there once. */
  write(entry: { readonly kind: string; readonly id: string; readonly data: Json }): Promise<void>;
  done(id: string): Promise<void>;
  /** What was written of this kind and is not done, oldest first, with the instant of writing. */
  pending(kind: string): readonly { readonly id: string; readonly data: Json; readonly at: string }[];
  close(): Promise<void>;
}

/** No record could be made durable: so nothing may be answered. */
export class AuditUnavailable extends Error {
  readonly code = 'AUDIT_UNAVAILABLE';

  constructor(cause: unknown) {
    super('The audit log takes no records at the moment.', { cause });
    this.name = 'AuditUnavailable';
  }
}

/** Events of this type wait in the outbox for the audit log's relay. */
export const AUDIT_EVENT = 'AUDIT';

/** Who changes something: a request of somebody, or a job of the hub (`null`). */
export interface Changing {
  readonly request: string | null;
  readonly actor: AuditActor | null;
  readonly purpose: string | null;
}

/** The event by which a change carries its own audit record. `eventId` is new for each change. */
export function changeEvent(
  eventId: string,
  { change, personId, at, by }: { change: string; personId: string | null; at: string; by: Changing },
): StoreEvent {
  const data: Json = { change, personId, at, ...by, actor: by.actor === null ? null : { ...by.actor } };
  return { id: eventId, type: AUDIT_EVENT, data };
}
