import { setting, type Settings, type SettingsTable, timeoutSetting } from '../shared/settings.ts';

/** How the hub reaches the education department's student register and care service. */
export const educationSettings = {
  EDUCATION_URL: {
    schema: setting.doorUrl(),
    description: 'base URL of the education REST service, e.g. https://host/api/v2; its token endpoint is below it',
  },
  EDUCATION_CLIENT_ID: {
    schema: setting.headerText(),
    description: 'OAuth 2 client that the education department gave to the hub',
  },
  EDUCATION_CLIENT_SECRET: {
    schema: setting.headerText(),
    description: 'secret of that client',
    secret: 'credential',
  },
  EDUCATION_TIMEOUT_MS: timeoutSetting(
    'how long one batched read of the education department may take with all its pages',
  ),
} satisfies SettingsTable;

export type EducationSettings = Settings<typeof educationSettings>;
