import { setting, type SettingsTable, timeoutSetting } from '../shared/settings.ts';

export const womensFederationSettings = {
  WOMENS_FEDERATION_DROP_FOLDER: {
    schema: setting.text(),
    description: "folder into which the women's federation drops its files each night; the hub only reads there",
  },
  WOMENS_FEDERATION_CHECK_SECONDS: {
    schema: setting.integer({ min: 0, max: 3_600, fallback: 5 }),
    description: 'how long what was read stands before the folder is looked at again; 0 = look for every request',
    shown: '5',
  },
  WOMENS_FEDERATION_TIMEOUT_MS: timeoutSetting('longest wait for the drop folder in one read'),
} satisfies SettingsTable;
