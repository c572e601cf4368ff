import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type ChargedWork, FREE_WORK } from '../limits/charged-work.ts';
import { moments } from '../../adapters/shared/watched-work.ts';
import { type CompiledOperation, compileOperation, type CompileOptions } from './compile-operation.ts';
import { conditionValue, conditionVariables, withoutConditions } from './conditions.ts';
import type { OperationRequest } from './engine.ts';
import type { PlanTurn } from './planner.ts';
import { usedParts } from './used-parts.ts';

/**
 * Bounded by the texts of operations and of their plans, not by count: a compiled operation takes some forty times as
 * much memory as both, and a short one as one of so many characters.
 */
const MAX_CHARACTERS = 2_000_000;
const LEAST_CHARACTERS = 200;

/** What is compiled: a document of one operation, as this caller may ask it. */
export interface Asked {
  readonly document: DocumentNode;
  /** Tells it from all others: by text, name and what the caller may read. */
  readonly key: string;
  readonly size: number;
  readonly permitted: CompileOptions['permitted'];
}

type Requested = Pick<OperationRequest, 'operation' | 'operationName' | 'variables' | 'context'>;

interface CompiledOperationsOptions extends Omit<CompileOptions, 'permitted' | 'turn'> {
  /** Whom plans are charged to. */
  readonly work?: ChargedWork | undefined;
  readonly maxCharacters?: number;
}

interface Compiling {
  /** When the last of those who wait for it goes on. */
  last: Promise<CompiledOperation>;
  /** Of all who wait for it. */
  readonly signals: AbortSignal[];
}

/**
 * Compiled operations by operation, permission set and the values of the variables that decide about @skip and @include;
 * the least recently used are forgotten first. A client that asks for one that is being compiled for it waits for the same;
 * those who waited go on one in a turn of the event loop; what cannot be compiled is not remembered. Of one client they are
 * begun at its pace. Throws `RATE_LIMITED` for a client that owes for plans before, and for one of which too many wait.
 */
export function compiledOperations({
  work = FREE_WORK,
  maxCharacters = MAX_CHARACTERS,
  ...options
}: CompiledOperationsOptions) {
  const conditions = new LRUCache<string, readonly string[]>({
    maxSize: maxCharacters,
    sizeCalculation: (names, key) => names.join().length + key.length + 1,
  });
  const compiled = new LRUCache<string, CompiledOperation>({ maxSize: maxCharacters });
  const compiling = new Map<string, Compiling>();
  return (asked: Asked, request: Requested): CompiledOperation | Promise<CompiledOperation> => {
    const names = conditionsOf(asked.key, asked.document);
    const values = names.map((name) => conditionValue(request.operation, name, request.variables));
    const key = names.length === 0 ? asked.key : `${asked.key} ${values.map(Number).join('')}`;
    const known = compiled.get(key);
    if (moments.lookup.hasSubscribers) moments.lookup.publish({ cache: 'plan', hit: known !== undefined });
    const client = request.context.hub?.caller.client ?? null;
    // Each client's own: nobody is refused for what another owes.
    const pendingKey = JSON.stringify([client, key]);
    return known ?? waiting() ?? compileNow();

    async function compileNow(): Promise<CompiledOperation> {
      const resolved = withoutConditions(asked.document, (name) => values[names.indexOf(name)] === true);
      const document = usedParts(resolved, request.operationName ?? '');
      const signals = [request.context.signal];
      const turn = { client, isWanted: () => signals.some(({ aborted }) => !aborted), ...charge() };
      const compile = async () => {
        await work.turn('plan', client);
        const { run, size } = await compileOperation(document, { ...options, permitted: asked.permitted, turn });
        compiled.set(key, run, { size: LEAST_CHARACTERS + asked.size + size });
        return run;
      };
      const made = compile();
      compiling.set(pendingKey, { last: made, signals });
      try {
        return await made;
      } finally {
        compiling.delete(pendingKey);
      }
    }

    /** One operation may take several plans: the client is asked to have paid before the first. */
    function charge(): Pick<PlanTurn, 'begin' | 'took'> {
      let hasBegun = false;
      return {
        begin: () => {
          if (!hasBegun) work.expectPaid(client);
          hasBegun = true;
        },
        took: (cpuMs) => work.planned(cpuMs, client),
      };
    }

    function waiting(): Promise<CompiledOperation> | undefined {
      const begun = compiling.get(pendingKey);
      if (begun === undefined) return undefined;
      begun.signals.push(request.context.signal);
      begun.last = begun.last.then(oneTurnLater);
      return begun.last;
    }
  };

  function conditionsOf(key: string, document: DocumentNode): readonly string[] {
    const known = conditions.get(key);
    if (known !== undefined) return known;
    const names = conditionVariables(document);
    conditions.set(key, names);
    return names;
  }
}

/** Fifty that waited for the same would go on in one turn: the others' answers waited 150 ms for it. */
async function oneTurnLater(operation: CompiledOperation): Promise<CompiledOperation> {
  return new Promise((resolve) => setImmediate(resolve, operation));
}
