import { setting, type SettingsTable } from '../../../adapters/shared/settings.ts';

/** Whom overdue referrals are told of in the end. */
export const clockSettings = {
  OFFICE_ORGANISATION: {
    schema: setting.text('leading-group-office'),
    description: 'the leading group’s office, by its id in the directory: it is told of referrals that stay overdue',
    shown: 'leading-group-office',
  },
} satisfies SettingsTable;
