// What a person gives while connecting, and how it is told to the engine.
import type { AuthView, ConnectorView, Pair, SettingView } from "@/api/generated";

export interface ConnectForm {
  /** Which way of the connector's, by its place. */
  way: number;
  token: string;
  user: string;
  clientId: string;
  clientSecret: string;
  baseUrl: string;
  allowPrivate: boolean;
  settings: Record<string, string>;
}

export const emptyForm: ConnectForm = { way: 0, token: "", user: "", clientId: "", clientSecret: "", baseUrl: "", allowPrivate: false, settings: {} };

const orNone = (typed: string): string | null => (typed.trim() === "" ? null : typed.trim());

/** Only what was given: the rest keeps the connector's own default. */
export const givenSettings = (settings: Record<string, string>): Pair[] =>
  Object.entries(settings).filter(([, value]) => value !== "").map(([name, value]) => ({ name, value }));

export const common = (form: ConnectForm) => ({ base_url: orNone(form.baseUrl), allow_private: form.allowPrivate, settings: givenSettings(form.settings) });

export const secrets = (form: ConnectForm) => ({ client_id: orNone(form.clientId), client_secret: orNone(form.clientSecret) });

export const credentials = (form: ConnectForm, auth: AuthView) => ({
  token: auth.kind === "token" || auth.kind === "basic" ? orNone(form.token) : null,
  user: auth.kind === "basic" ? orNone(form.user) : null,
});

/** Everything that must be given is given. Whether it is right, the engine says. */
export function isComplete(form: ConnectForm, spec: ConnectorView, auth: AuthView): boolean {
  const settled = (setting: SettingView) => !setting.required || setting.kind === "switch" || (form.settings[setting.name] ?? "") !== "";
  const addressed = !spec.base_url_entered || form.baseUrl.trim() !== "";
  return spec.settings.every(settled) && addressed && hasCredentials(form, auth);
}

function hasCredentials(form: ConnectForm, auth: AuthView): boolean {
  switch (auth.kind) {
    case "none":
      return true;
    case "o_auth":
      return auth.built_in || form.clientId.trim() !== "";
    case "token":
      return form.token.trim() !== "";
    case "basic":
      return form.user.trim() !== "" && form.token !== "";
  }
}

export type TokenShape = "empty" | "right" | "other" | "unknown";

/** Whether a pasted token begins as tokens of this kind do. */
export function tokenShape(token: string, prefixes: readonly string[]): TokenShape {
  const pasted = token.trim();
  if (pasted === "") return "empty";
  if (prefixes.length === 0) return "unknown";
  return prefixes.some((prefix) => pasted.startsWith(prefix)) ? "right" : "other";
}
