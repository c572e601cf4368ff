import { type Attributes, SpanKind } from '@opentelemetry/api';
import {
  failureCode,
  type OperationWork,
  type ReadWork,
  type RequestWork,
  type ServedWork,
  type SubgraphWork,
  type TryWork,
} from '../shared/watched-work.ts';

/** Every attribute that a span of the hub may have. */
export interface SpanAttributes {
  readonly 'http.response.status_code'?: number;
  /** Codes of errors, with commas between; the semantic conventions' name for what went wrong. */
  readonly 'error.type'?: string;
  readonly 'graphql.operation.name'?: string;
  readonly 'graphql.operation.type'?: string;
  readonly 'xinqiao.subgraph'?: string;
  readonly 'xinqiao.department'?: string;
  readonly 'xinqiao.category'?: string;
  readonly 'xinqiao.attempt'?: number;
}

/** What a span says of a piece of work: a name of few, its kind, and attributes at its beginning and its end. */
export interface SpanOf<Kind> {
  readonly kind: SpanKind;
  readonly name: (work: Kind) => string;
  readonly begun: (work: Kind) => SpanAttributes & Attributes;
  readonly ended: (work: Kind) => SpanAttributes & Attributes;
}

/** Makes the name of an operation one of few. */
type Named = (name: string | null, client: string | null) => string;

const failed = (work: object) => said([failureCode(work)]);

/** Each code once: an answer may have hundreds of errors. */
function said(codes: readonly (string | null)[]) {
  const each = [...new Set(codes)].filter((code) => code !== null).toSorted();
  return each.length === 0 ? {} : { 'error.type': each.join(',') };
}

/** The one list of what is traced and what is said of it. */
export const spans = (named: Named) => ({
  request: {
    kind: SpanKind.SERVER,
    name: () => 'POST /graphql',
    begun: () => ({}),
    ended: ({ status, codes }) => ({ ...(status !== null && { 'http.response.status_code': status }), ...said(codes) }),
  } satisfies SpanOf<RequestWork>,
  operation: {
    kind: SpanKind.INTERNAL,
    name: ({ type, name, client }) => `${type} ${named(name, client)}`,
    begun: ({ type, name, client }) => ({
      'graphql.operation.type': type,
      'graphql.operation.name': named(name, client),
    }),
    ended: failed,
  } satisfies SpanOf<OperationWork>,
  subgraph: {
    kind: SpanKind.CLIENT,
    name: ({ subgraph }) => `subgraph ${subgraph}`,
    begun: ({ subgraph }) => ({ 'xinqiao.subgraph': subgraph }),
    ended: ({ code }) => said([code]),
  } satisfies SpanOf<SubgraphWork>,
  served: {
    kind: SpanKind.SERVER,
    name: ({ subgraph }) => `serve ${subgraph}`,
    begun: ({ subgraph }) => ({ 'xinqiao.subgraph': subgraph }),
    ended: ({ codes }) => said(codes),
  } satisfies SpanOf<ServedWork>,
  read: {
    kind: SpanKind.INTERNAL,
    name: ({ department, category }) => `read ${department} ${category}`,
    begun: ({ department, category }) => ({ 'xinqiao.department': department, 'xinqiao.category': category }),
    ended: failed,
  } satisfies SpanOf<ReadWork>,
  attempt: {
    kind: SpanKind.CLIENT,
    name: ({ department }) => `department ${department}`,
    begun: ({ department, attempt }) => ({ 'xinqiao.department': department, 'xinqiao.attempt': attempt }),
    ended: failed,
  } satisfies SpanOf<TryWork>,
});
