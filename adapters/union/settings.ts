import { setting, type Settings, type SettingsTable, timeoutSetting } from '../shared/settings.ts';

/** How the hub reaches the trade union's member and care service. */
export const unionSettings = {
  UNION_URL: {
    schema: setting.doorUrl(),
    description: "base URL of the trade union's REST service, e.g. https://host/openapi/v1",
  },
  UNION_APP_KEY: {
    schema: setting.headerText(),
    description: 'application key that the trade union gave to the hub',
  },
  UNION_APP_SECRET: {
    schema: setting.text(),
    description: 'secret with which requests under that key are signed',
    secret: 'credential',
  },
  UNION_TIMEOUT_MS: timeoutSetting('how long one batched read of the trade union may take with all its pages'),
} satisfies SettingsTable;

export type UnionSettings = Settings<typeof unionSettings>;
