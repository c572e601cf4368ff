import { GraphQLError } from 'graphql';

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
