import { GraphQLError } from 'graphql';
import type { SourceError } from '../../adapters/shared/source-error.ts';

/** No record, no answer. */
export function auditUnavailable(): GraphQLError {
  return new GraphQLError(
    '审计记录暂时无法写入，因此不能答复，请稍后再试。 / The audit log takes no records at the moment, so nothing can be answered; try again later.',
    { extensions: { code: 'AUDIT_UNAVAILABLE', http: { status: 503 } } },
  );
}

/** Something in the answer rested on a basis that ended while the answer was made. */
export function basisEnded(): GraphQLError {
  return new GraphQLError(
    '答复准备期间，其中一部分的依据已经终止（如同意被撤回），未予给出；请重新请求。 / While the answer was prepared the basis of a part of it ended, such as a consent that was withdrawn; nothing was given out. Ask again.',
    { extensions: { code: 'BASIS_ENDED' } },
  );
}

/** Whoever decided what the answer rests on could not be asked again whether it stands. */
export function standingUnknown({ code, source }: SourceError): GraphQLError {
  return new GraphQLError(
    '无法确认答复的依据是否仍然成立，未予给出，请稍后再试；变更可能已经做出，请带同一幂等键重试。 / Whether the basis of the answer still stands could not be asked; nothing was given out. Try again later; a change may have been made: repeat it with the same idempotency key.',
    { extensions: { code, department: source } },
  );
}
