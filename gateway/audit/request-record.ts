import type { OperationDefinitionNode } from 'graphql';
import { type AuditActor, type AuditedPerson, auditText, type RequestRecord } from '../../adapters/audit/port.ts';
import type { HubRequest } from '../../subgraphs/shared/hub-request.ts';
import type { Caller } from '../../subgraphs/shared/caller.ts';
import type { MadeDecision } from '../../subgraphs/shared/decisions.ts';
import { operationName } from './operation-name.ts';
import { shownBeside } from './shown-beside.ts';
import { UndecidedError } from './undecided-error.ts';
import type { ShownData, ShownPerson } from '../permissions/shown-data.ts';

/** What is known of a request when its record is written. */
export interface RequestFacts {
  readonly hub: Pick<HubRequest, 'requestId' | 'caller'> & { readonly purpose: string };
  readonly traceparent: string | null;
  readonly operation: { readonly node: OperationDefinitionNode | undefined; readonly hash: string } | null;
  readonly now: number;
}

export interface AnswerFacts {
  readonly outcome: RequestRecord['outcome'];
  readonly codes: readonly string[];
  readonly forbidden: readonly string[];
  readonly decisions: readonly MadeDecision[];
  readonly shown: ShownData;
}

/** The audit record of one request. Throws where the answer shows something that nobody decided about. */
export function requestRecord({ hub, traceparent, operation, now }: RequestFacts, answer: AnswerFacts): RequestRecord {
  const { requestId, caller, purpose } = hub;
  const sets = coordinateSets();
  for (const id of answer.shown.persons.keys())
    if (!answer.decisions.some(({ personId, visible }) => visible && personId === id))
      throw new UndecidedError(id, 'a person was shown without a decision');
  const persons = answer.decisions.map((decision) => auditedPerson(decision, answer.shown, sets.indexOf));
  // In the order of the canonical form, here and below: so the audit log has nothing to bring into it.
  return {
    actor: actorOf(caller),
    at: new Date(now).toISOString(),
    codes: [...new Set(answer.codes)].toSorted(),
    coordinates: sets.all,
    forbidden: answer.forbidden,
    id: requestId,
    kind: 'REQUEST',
    operation: operation && {
      hash: operation.hash,
      name: operation.node?.name === undefined ? null : operationName(operation.node.name.value),
      type: operation.node?.operation ?? 'unknown',
    },
    others: [...answer.shown.others].toSorted(),
    outcome: answer.outcome,
    persons,
    purpose,
    spooledAt: null,
    trace: textOrNull(traceparent?.split('-')[1]),
  };
}

function actorOf({ subject, client, organisation, department, division, personId }: Caller): AuditActor {
  return {
    client: auditText(client),
    department,
    division: textOrNull(division),
    organisation: textOrNull(organisation),
    personId: textOrNull(personId),
    subject: auditText(subject),
  };
}

function textOrNull(given: string | null | undefined): string | null {
  return given == null ? null : auditText(given);
}

function auditedPerson(
  decision: MadeDecision,
  shownData: ShownData,
  indexOf: (coordinates: ReadonlySet<string>) => number,
): AuditedPerson {
  const { personId, by, visible, crossesJurisdiction, nameMatch, ofReport } = decision;
  const shown = personId === null ? undefined : shownData.persons.get(personId);
  const besidePerson = shownBeside(decision, shownData);
  const coordinates =
    besidePerson.size === 0 ? (shown?.coordinates ?? NONE) : besidePerson.union(shown?.coordinates ?? NONE);
  const isShown = shown !== undefined || coordinates.size > 0;
  const beside = besidePerson.size > 0 ? decision.besideStandings : {};
  return {
    by,
    // The bare fact that the person is there for the caller stands in `visible`.
    coordinates: coordinates.size === 0 ? null : indexOf(coordinates),
    crossesJurisdiction: crossesJurisdiction && isShown,
    id: textOrNull(personId),
    nameMatch: isShown ? nameMatch : null,
    ...(ofReport && { ofReport }),
    shown: { ...shownStandings(decision, shown), ...beside },
    visible,
  };
}

/** Why each category of which something is in the answer was given. Throws where that was never decided. */
function shownStandings(
  { personId, standings }: MadeDecision,
  shown: ShownPerson | undefined,
): MadeDecision['standings'] {
  return Object.fromEntries(
    [...(shown?.categories ?? [])].toSorted().map((category) => {
      const standing = standings[category];
      if (standing === undefined) throw new UndecidedError(personId ?? '', `${category} was shown without a basis`);
      return [category, standing];
    }),
  );
}

/** Persons of one list mostly show the same fields: each set stands in the record once. */
function coordinateSets() {
  const all: (readonly string[])[] = [];
  const known = new Map<string, number>();
  const indexOf = (coordinates: ReadonlySet<string>): number => {
    const { sorted, key } = inOrder(coordinates);
    const index = known.get(key) ?? all.push(sorted) - 1;
    known.set(key, index);
    return index;
  };
  return { all, indexOf };
}

const NONE: ReadonlySet<string> = new Set();

interface InOrder {
  readonly sorted: readonly string[];
  readonly key: string;
}

/** An engine gives the same set for the same fields, which are mostly those of the request before. */
const ordered = new WeakMap<ReadonlySet<string>, InOrder>();

function inOrder(coordinates: ReadonlySet<string>): InOrder {
  const known = ordered.get(coordinates);
  if (known !== undefined) return known;
  const sorted = [...coordinates].toSorted();
  const made = { sorted, key: sorted.join(' ') };
  ordered.set(coordinates, made);
  return made;
}
