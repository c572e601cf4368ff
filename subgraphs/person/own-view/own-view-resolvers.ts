import type {
  QueryMyAccessLogArgs,
  QueryMyConsentsArgs,
  QueryMyNoticesArgs,
  QueryWhoCanSeeArgs,
} from '../../../schema/generated/api-types.ts';
import type { RootField } from '../../shared/root-field.ts';
import { connection, pageSize } from '../../shared/connection.ts';
import { shownConsent } from '../consent/consent-resolvers.ts';
import { actingGuardians } from '../guardianship/guardianship.ts';
import type { PersonContext } from '../person-context.ts';
import { persons } from '../person.ts';
import { accessLog } from './access-log.ts';
import { accessLogText } from './access-log-text.ts';
import { noticesOf } from './notices.ts';
import { type OwnSubject, ownSubject } from './own-subject.ts';
import { whoCanSee } from './who-can-see.ts';

const MAX_WARDS = 50;

/** What the person, or the acting guardian, asks about oneself; to everybody else `null`. It is noted as shown beside `Person`. */
function ofSubject<Args extends { readonly personId?: string | null | undefined }, Answer>(
  answer: (subject: OwnSubject, args: Args, context: PersonContext) => Answer | Promise<Answer>,
) {
  return async (_root: unknown, args: Args, context: PersonContext, root: RootField): Promise<Answer | null> => {
    if (args.personId != null) context.asked('id', args.personId);
    const subject = await ownSubject(context, args.personId);
    if (subject === null) return null;
    context.decisions.noteMatter(subject.person.id, root);
    return answer(subject, args, context);
  };
}

export const ownViewQueries = {
  me: (_root: unknown, _args: unknown, { persons: visible, request }: PersonContext) =>
    request.caller.personId === null ? null : visible.load(request.caller.personId),
  myWards: async (_root: unknown, _args: unknown, { persons: visible, reads, request }: PersonContext) => {
    const { personId } = request.caller;
    if (personId === null) return null;
    const { items } = await reads.store.page(persons, { index: 'byGuardian', value: personId, first: MAX_WARDS });
    const wards = items.filter(({ data }) =>
      actingGuardians(data, reads.now()).some(({ guardianId }) => guardianId === personId),
    );
    // The decision has the last word: it knows of open reports, too.
    return (await Promise.all(wards.map(({ id }) => visible.load(id)))).filter((ward) => ward !== null);
  },
  myAccessLog: ofSubject(async (subject, { first, after = null }: QueryMyAccessLogArgs, { reads }) => {
    const { departments } = reads;
    const page = await accessLog(reads, subject, { first: pageSize(first), after });
    const telling = { departments, consents: subject.facts.consents, as: subject.as };
    const shown = connection(page.items, { more: page.next !== null, after }, ({ bases, ...item }) => ({
      ...item,
      bases: [...new Set(bases.map(({ basis }) => basis))],
      text: accessLogText({ ...item, bases }, telling),
    }));
    // Of a page that found little, where the walk goes on.
    return { ...shown, pageInfo: { ...shown.pageInfo, endCursor: page.next ?? shown.pageInfo.endCursor } };
  }),
  myConsents: ofSubject(({ facts }, _args: QueryMyConsentsArgs, { reads }) =>
    facts.consents.map((consent) => shownConsent(consent, facts, reads.now())),
  ),
  whoCanSee: ofSubject((subject, _args: QueryWhoCanSeeArgs, { reads }) =>
    whoCanSee(subject, { departments: reads.departments, now: reads.now() }),
  ),
  myNotices: ofSubject(({ person }, _args: QueryMyNoticesArgs, { reads }) =>
    noticesOf(reads.store, person.id, { departments: reads.departments, now: reads.now() }),
  ),
};
