import { setting, type Settings, type SettingsTable, timeoutSetting } from '../shared/settings.ts';
import { sqlUrl } from '../shared/sql-url.ts';

/** How the hub reaches the views that the justice department opened to it. */
export const justiceSettings = {
  JUSTICE_URL: {
    schema: sqlUrl,
    description:
      "address of the justice department's database, postgresql://, mysql:// or mariadb://user@host:port/database; with TLS, unless it ends in ?sslmode=disable",
  },
  JUSTICE_PASSWORD: {
    schema: setting.text(),
    description: "password of the hub's read-only account in the justice department's database",
    secret: 'credential',
  },
  JUSTICE_TIMEOUT_MS: timeoutSetting('how long one batched read of the justice department may take'),
  JUSTICE_POOL_SIZE: {
    schema: setting.integer({ min: 1, max: 50, fallback: 5 }),
    description: "connections to the justice department's database at most",
    shown: '5',
  },
} satisfies SettingsTable;

export type JusticeSettings = Settings<typeof justiceSettings>;
