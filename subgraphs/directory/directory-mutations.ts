import type { MutationSetDutyRosterArgs, MutationSetServiceCapacityArgs } from '../../schema/generated/api-types.ts';
import { changingOf } from '../shared/changing-of.ts';
import type { EntryOutcome } from './change-entry.ts';
import { type DirectoryContext, shown } from './directory-context.ts';
import type { Entry } from './entry.ts';
import { userErrors, warningsShown } from './refusal.ts';
import { retireEntry } from './retire-entry.ts';
import { setCapacity } from './set-capacity.ts';
import { setDutyRoster } from './set-duty-roster.ts';
import {
  type EntryKind,
  locationKind,
  organisationKind,
  professionalKind,
  serviceKind,
  upsertEntry,
  type UpsertInput,
} from './upsert-entry.ts';

/** Each answers with the entry, or with errors that the caller can mend; never with an exception for those. */
export const directoryMutations = {
  ...entryMutations('Organisation', organisationKind),
  ...entryMutations('Service', serviceKind),
  ...entryMutations('Location', locationKind),
  ...entryMutations('Professional', professionalKind),
  setServiceCapacity: async (_root: unknown, { input }: MutationSetServiceCapacityArgs, context: DirectoryContext) =>
    servicePayload(await setCapacity(input, changing(context)), input.serviceId, context),
  setDutyRoster: async (_root: unknown, { input }: MutationSetDutyRosterArgs, context: DirectoryContext) =>
    servicePayload(await setDutyRoster(input, changing(context)), input.serviceId, context),
};

/** `upsert…` and `retire…` of one kind. */
function entryMutations<Fields, T extends Fields & Entry>(name: string, kind: EntryKind<Fields, T>) {
  const payload = ({ entry, refusals, warnings }: EntryOutcome<T>) => ({
    [name.toLowerCase()]: entry === null ? null : shown(entry),
    userErrors: userErrors(refusals),
    warnings: warningsShown(warnings),
  });
  return {
    [`upsert${name}`]: async (_root: unknown, { input }: { input: UpsertInput }, context: DirectoryContext) =>
      payload(await upsertEntry(kind, input, changing(context))),
    [`retire${name}`]: async (_root: unknown, { input }: { input: UpsertInput }, context: DirectoryContext) =>
      payload(await retireEntry(kind, input, changing(context))),
  };
}

function changing({ store, now, request, departments }: DirectoryContext) {
  const { caller } = request;
  return {
    services: { store, now, by: changingOf(request), client: caller.client },
    rules: { store, now, caller, departments },
  };
}

/** What belongs to a service answers with the service, read anew. */
async function servicePayload<T>(
  { entry, refusals, warnings }: EntryOutcome<T>,
  serviceId: string,
  { services, capacities, rosters }: DirectoryContext,
) {
  for (const loader of [services, capacities, rosters]) loader.clear(serviceId);
  return {
    service: entry === null ? null : await services.load(serviceId),
    userErrors: userErrors(refusals),
    warnings: warningsShown(warnings),
  };
}
