import type {
  MutationAnswerDataRequestArgs,
  MutationRequestCopyArgs,
  QueryDataRequestsArgs,
  QueryMyDataRequestsArgs,
} from '../../../schema/generated/api-types.ts';
import { ownLinks } from '../access/own-links.ts';
import { connection, pageSize } from '../../shared/connection.ts';
import { ownSubject } from '../own-view/own-subject.ts';
import type { RootField } from '../../shared/root-field.ts';
import type { PersonContext } from '../person-context.ts';
import { refused } from '../person-outcome.ts';
import { persons, type StoredPerson } from '../person.ts';
import { userErrors } from '../user-errors.ts';
import { answerDataRequest, mayAnswer } from './answer-data-request.ts';
import { type DataRequest, dataRequests, HUB, type StoredDataRequest, textPlace } from './data-request.ts';
import { requestData } from './request-data.ts';

const PAGE = 100;
const MAX_OWN = 100;
const SHREDDED =
  '枢纽所存的关于您的文字已销毁，不可恢复。 / The texts about you that the hub held were destroyed; nobody can restore them.';

export const dataRequestQueries = {
  dataRequests: async (
    _root: unknown,
    { first, after = null }: QueryDataRequestsArgs,
    context: PersonContext,
    root: RootField,
  ) => {
    const { reads, request } = context;
    const value = request.caller.department ?? HUB;
    const wanted = pageSize(first);
    const items: (StoredDataRequest & { readonly cursor: string; readonly person: StoredPerson })[] = [];
    const page = (more: boolean) =>
      connection(items, { more, after }, (item) =>
        dataRequestView(item, context, { root, localIds: ownIds(item.person, context) }),
      );
    for (let cursor = after; ;) {
      const found = await reads.store.page(dataRequests, { index: 'open', value, cursor, first: PAGE });
      const people = await reads.store.loadMany(
        persons,
        found.items.map(({ data }) => data.personId),
      );
      for (const [i, item] of found.items.entries()) {
        const person = people[i] ?? null;
        if (person === null || !mayAnswer(request, item.data, person)) continue;
        if (items.length === wanted) return page(true);
        items.push({ ...item, person });
      }
      if (found.next === null) return page(false);
      cursor = found.next;
    }
  },
  myDataRequests: async (
    _root: unknown,
    { personId }: QueryMyDataRequestsArgs,
    context: PersonContext,
    root: RootField,
  ) => {
    if (personId != null) context.asked('id', personId);
    const subject = await ownSubject(context, personId);
    if (subject === null) return null;
    context.decisions.noteMatter(subject.person.id, root);
    const { items } = await context.reads.store.page(dataRequests, {
      index: 'byPerson',
      value: subject.person.id,
      first: MAX_OWN,
    });
    return items.map((item) => dataRequestView(item, context, { root }));
  },
};

function requesting(kind: DataRequest['kind']) {
  return async (_root: unknown, { input }: MutationRequestCopyArgs, context: PersonContext, root: RootField) => {
    const { services, reads, request } = context;
    if (input.personId != null) context.asked('id', input.personId);
    const subject = await ownSubject(context, input.personId);
    const requestedBy = request.caller.personId;
    if (subject === null || requestedBy === null)
      return { dataRequest: null, userErrors: userErrors(refused('NOT_FOUND', 'personId').refusal) };
    const work = { services, departments: reads.departments };
    const { request: made, refusal } = await requestData(work, subject, { kind, requestedBy, input });
    return { dataRequest: made && dataRequestView(made, context, { root }), userErrors: userErrors(refusal) };
  };
}

export const dataRequestMutations = {
  requestCopy: requesting('COPY'),
  requestCorrection: requesting('CORRECTION'),
  requestDeletion: requesting('DELETION'),
  answerDataRequest: async (
    _root: unknown,
    { input }: MutationAnswerDataRequestArgs,
    context: PersonContext,
    root: RootField,
  ) => {
    const { request: answered, refusal } = await answerDataRequest(context, input);
    return { dataRequest: answered && dataRequestView(answered, context, { root }), userErrors: userErrors(refusal) };
  },
};

function ownIds({ data }: StoredPerson, { request }: PersonContext): readonly string[] {
  return ownLinks(request, data.links).map(({ localId }) => localId);
}

function dataRequestView(
  { id, data }: StoredDataRequest,
  { services, reads, decisions }: PersonContext,
  { root, localIds = [] }: { readonly root: RootField; readonly localIds?: readonly string[] },
) {
  const { personId, text, answer } = data;
  decisions.noteMatter(personId, root);
  return {
    ...data,
    id,
    localIds,
    text: () => (text === null ? null : services.vault.open(text, textPlace(id, personId, 'text'))),
    overdue: answer === null && reads.now() > Date.parse(data.dueAt),
    outcome: answer?.outcome ?? null,
    answer: () => {
      if (answer === null) return null;
      return answer.text === null ? SHREDDED : services.vault.open(answer.text, textPlace(id, personId, 'answer'));
    },
    answeredAt: answer?.at ?? null,
  };
}
