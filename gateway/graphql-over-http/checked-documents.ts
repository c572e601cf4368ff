import { hash } from 'node:crypto';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { moments } from '../../adapters/shared/watched-work.ts';
import { limitExceeded } from '../limits/limits.ts';
import type { ChargedWork } from '../limits/charged-work.ts';
import type { OperationLimits } from '../limits/operation-limits.ts';
import { brokenByText } from '../limits/request-limits.ts';
import { reservedAliasRule } from '../permissions/reserved-alias-rule.ts';
import { parsedQuery } from './parsed-query.ts';
import { variableCheck } from '../variable-check.ts';

/**
 * Bounded by text, not by count: a parsed document takes some thirty times its text in memory, and a short one as much as
 * one of so many characters.
 */
const MAX_CHARACTERS = 1_000_000;
const LEAST_CHARACTERS = 100;

/** Beside its message. A short text can have a hundred errors, and each may name something long. */
const CHARACTERS_OF_ERROR = 100;

const RULES = [...specifiedRules, reservedAliasRule];

/** What a document is checked against. */
interface Served {
  readonly schema: GraphQLSchema;
  readonly limits: Pick<OperationLimits, 'admitText' | 'ofDocument'>;
  /** At whose pace. */
  readonly work: Pick<ChargedWork, 'turn'>;
}

export interface CheckedOperation {
  readonly node: OperationDefinitionNode;
  /** Throws for the first variable that does not fit. */
  readonly checkVariables: (variables: Readonly<Record<string, unknown>>) => void;
}

/** A query's text, parsed and checked against the schema and the limits. */
export interface CheckedDocument {
  /** SHA-256 of the text. */
  readonly hash: string;
  /** `null` = it is not valid; `errors` says why. */
  readonly document: DocumentNode | null;
  /** Plain data, each with its code: a `GraphQLError` whose stack nobody has read holds 60 kB of the validation. */
  readonly errors: readonly GraphQLFormattedError[];
  readonly operations: readonly CheckedOperation[];
}

/**
 * Parses and validates each text once against one schema; the one longest unused is forgotten first. What is not valid is
 * remembered as well. A client's new texts are checked at its pace, one that it sends again meanwhile with the first. Throws
 * for a client that has spent what it may: a text costs when it is new, and when it is refused.
 */
export function checkedDocuments(served: Served, { maxCharacters = MAX_CHARACTERS }: { maxCharacters?: number } = {}) {
  const known = new LRUCache<string, CheckedDocument>({
    maxSize: maxCharacters,
    sizeCalculation: ({ errors }, query) => LEAST_CHARACTERS + query.length + sizeOf(errors),
  });
  const turns = new Map<string, Promise<void>>();
  return (query: string, client: string | null): CheckedDocument | Promise<CheckedDocument> => {
    const remembered = known.get(query);
    if (moments.lookup.hasSubscribers) moments.lookup.publish({ cache: 'document', hit: remembered !== undefined });
    // What is valid is charged by what it asks for.
    if (remembered !== undefined && remembered.document !== null) return remembered;
    served.limits.admitText(remembered === undefined ? query : '', client);
    if (remembered !== undefined) return remembered;
    const turn = turnOf(query, client);
    return turn === null ? checkNow(query) : turn.then(() => known.get(query) ?? checkNow(query));
  };

  function checkNow(query: string): CheckedDocument {
    const checked = checkedDocument(served, query);
    known.set(query, checked);
    return checked;
  }

  function turnOf(query: string, client: string | null): Promise<void> | null {
    const key = JSON.stringify([client, query]);
    const waiting = turns.get(key);
    if (waiting !== undefined) return waiting;
    const turn = served.work.turn('check', client);
    if (turn === null) return null;
    const over = turn.finally(() => turns.delete(key));
    turns.set(key, over);
    return over;
  }
}

function checkedDocument({ schema, limits }: Served, query: string): CheckedDocument {
  const sha256 = hash('sha256', query, 'hex');
  const refused = (errors: readonly GraphQLError[]) => ({
    hash: sha256,
    document: null,
    errors: errors.map(callersMistake),
    operations: [],
  });
  const limit = brokenByText(query);
  if (limit !== null) return refused([limitExceeded(limit)]);
  const document = parsedQuery(query);
  if (document instanceof GraphQLError) return refused([document]);
  const beyond = limits.ofDocument(document);
  if (beyond.length > 0) return refused(beyond);
  const errors = validate(schema, document, RULES);
  if (errors.length > 0) return refused(errors);
  // Only errors name lines, and with them the document takes three times the memory.
  const kept = parse(query, { noLocation: true });
  const operations = kept.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION ? [{ node, checkVariables: variableCheck(schema, node) }] : [],
  );
  return { hash: sha256, document: kept, errors: [], operations };
}

/** graphql-js gives its own findings no code. */
function callersMistake(error: GraphQLError): GraphQLFormattedError {
  const { extensions, ...formatted } = error.toJSON();
  return { ...formatted, extensions: { code: 'BAD_USER_INPUT', ...extensions } };
}

function sizeOf(errors: readonly GraphQLFormattedError[]): number {
  return errors.reduce((sum, { message }) => sum + CHARACTERS_OF_ERROR + message.length, 0);
}
