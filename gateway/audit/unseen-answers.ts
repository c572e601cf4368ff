import { OperationTypeNode } from 'graphql';
import type { MadeDecision } from '../../subgraphs/shared/decisions.ts';
import { evenDeparture } from '../../subgraphs/shared/even-departure.ts';
import type { Answer, Execute, OperationRequest } from '../engine/engine.ts';

/** A change waits for the disk, once or several times. */
const TIMES_FOR_CHANGES = 4;

/**
 * Holds back each answer in which something that was asked for does not show, until a time that says nothing of the work
 * behind it (cases 35 and 68): whoever is refused learns neither from words nor from the clock whether there was anybody
 * to be refused. `everyMs` 0 = off.
 */
export function unseenAnswers(execute: Execute, { everyMs }: { everyMs: number }): Execute {
  return async (request) => {
    const { decisions, receivedAt: startedAt, signal } = request.context;
    const answer = await execute(request);
    if (!isUnseen(request, answer, decisions.all())) return answer;
    await evenDeparture({ everyMs: isChange(request) ? everyMs * TIMES_FOR_CHANGES : everyMs, startedAt, signal });
    return answer;
  };
}

const isChange = ({ operation }: OperationRequest) => operation.operation === OperationTypeNode.MUTATION;

/**
 * Somebody was asked for and is not there for this caller; or a root field tells of nothing; or a change went by an ID
 * number, and whether somebody else knew the number before must not show though the person does.
 */
function isUnseen(request: OperationRequest, { data }: Answer, decisions: readonly MadeDecision[]): boolean {
  const changes = isChange(request);
  if (decisions.some(({ by, visible }) => by !== 'matter' && !visible)) return true;
  if (changes && decisions.some(({ by }) => by === 'idNumber')) return true;
  return !Object.values(data ?? { data: null }).every(changes ? tellsOfChange : tellsOfSomething);
}

const tellsOfSomething = (value: unknown): boolean => value !== null;

/** What was done shows in a payload as an object; errors are a list, and aliases may call both what they like. */
function tellsOfChange(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && Object.values(payload).some(isObject);
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
