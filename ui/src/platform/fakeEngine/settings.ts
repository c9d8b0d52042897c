import type { Settings } from "@/api/generated";
import { minutesAgo, type Area } from "./area";

const initial: Settings = {
  start_at_login: true, keep_working: true, theme: "system", region: "GB", retention_days: 400, notify_access: true, notify_failures: true, notify_down: true,
  notify_recovery: true, personal_data_in_notifications: false, receiver_port: null, receiver_public_url: null, shortcuts: [], closing_explained: true,
};

export const settingsArea: Area = ({ changed }) => {
  let settings = initial;
  return {
    settings: () => settings,
    save_settings: (next) => {
      settings = next;
      changed("settings");
      return settings;
    },
    about: () => ({
      version: "0.1.0", data_folder: "~/.local/share/leadferry", secrets: "keychain", ledger_bytes: 18_874_368, leads: 1_200, last_backup_at: minutesAgo(2_900), command_line: "/usr/bin/leadferry",
    }),
    export_configuration: () => ({}),
    import_configuration: () => ({ count: 3 }),
    backup: () => ({}),
    diagnostics: () => ({}),
    notifications: () => [],
    see_notifications: () => ({}),
    quit_plan: () => ({ waiting: 35 }),
  };
};
