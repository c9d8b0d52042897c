// What a person gives while connecting, and how it is told to the engine.
import type { AppAccess, AuthView, ConnectionView, ConnectorView, Pair, SettingView, SignInView } from "@/api/generated";

/** The ways of an app that needs no browser. */
export type AppWay = "client_credentials" | "jwt_bearer" | "pasted_code";

/** The choice of the account's own domain among the hosts. */
export const OWN = "own";

export interface ConnectForm {
  /** Which way of the connector's, by its place. */
  way: number;
  token: string;
  user: string;
  clientId: string;
  clientSecret: string;
  privateKey: string;
  audience: string;
  code: string;
  /** Where the account signs in: a host, [`OWN`], or empty for the usual one. */
  host: string;
  ownHost: string;
  baseUrl: string;
  allowPrivate: boolean;
  settings: Record<string, string>;
}

export const emptyForm: ConnectForm = { way: 0, token: "", user: "", clientId: "", clientSecret: "", privateKey: "", audience: "", code: "", host: "", ownHost: "", baseUrl: "", allowPrivate: false, settings: {} };

/** What is known of a connection that is made again. Secrets are asked for anew. */
export function formOf(connection: ConnectionView, spec: ConnectorView): ConnectForm {
  const way = Math.max(0, spec.auth.findIndex(({ kind }) => kind === connection.way));
  const auth = spec.auth[way];
  const host = connection.host ?? "";
  const listed = host === "" || (auth !== undefined && signInOf(auth)?.hosts.some(({ id }) => id === host));
  const settings = Object.fromEntries(connection.settings.map(({ name, value }) => [name, value]));
  return { ...emptyForm, way, host: listed ? host : OWN, ownHost: listed ? "" : host, baseUrl: connection.base_url ?? "", settings };
}

const orNone = (typed: string): string | null => (typed.trim() === "" ? null : typed.trim());

/** Only what was given: the rest keeps the connector's own default. */
export const givenSettings = (settings: Record<string, string>): Pair[] =>
  Object.entries(settings).filter(([, value]) => value !== "").map(([name, value]) => ({ name, value }));

export const common = (form: ConnectForm, auth: AuthView) => ({ base_url: orNone(form.baseUrl), allow_private: form.allowPrivate, host: hostOf(form, auth), settings: givenSettings(form.settings) });

/** Another way asks for other hosts. */
export const inWay = (form: ConnectForm, way: number): ConnectForm => ({ ...form, way, host: "", ownHost: "" });

/** Where one has to say where the account signs in. */
export function signInOf(auth: AuthView): SignInView | undefined {
  switch (auth.kind) {
    case "o_auth":
      return auth.sign_in;
    case "client_credentials":
    case "jwt_bearer":
    case "pasted_code":
      return auth.app.sign_in;
    case "none":
    case "token":
    case "basic":
      return undefined;
  }
}

function hostOf(form: ConnectForm, auth: AuthView): string | null {
  const signIn = signInOf(auth);
  const host = form.host === "" ? (signIn?.hosts[0]?.id ?? OWN) : form.host;
  return host === OWN ? (signIn?.own ? orNone(form.ownHost) : null) : host;
}

export const secrets = (form: ConnectForm) => ({ client_id: orNone(form.clientId), client_secret: orNone(form.clientSecret) });

export const credentials = (form: ConnectForm, auth: AuthView) => ({
  token: auth.kind === "token" || auth.kind === "basic" ? orNone(form.token) : null,
  user: auth.kind === "basic" ? orNone(form.user) : null,
});

/** What an app shows. None for a way that is no app's. */
export function appAccess(form: ConnectForm, auth: AuthView): AppAccess | null {
  const client_id = form.clientId.trim();
  switch (auth.kind) {
    case "client_credentials":
      return { by: auth.kind, client_id, client_secret: form.clientSecret };
    case "jwt_bearer":
      return { by: auth.kind, client_id, user: form.user.trim(), private_key: form.privateKey, audience: orNone(form.audience) };
    case "pasted_code":
      return { by: auth.kind, client_id, client_secret: form.clientSecret, code: form.code };
    default:
      return null;
  }
}

/** Everything that must be given is given. Whether it is right, the engine says. */
export function isComplete(form: ConnectForm, spec: ConnectorView, auth: AuthView): boolean {
  const settled = (setting: SettingView) => !setting.required || setting.kind === "switch" || (form.settings[setting.name] ?? "") !== "";
  const addressed = !spec.base_url_entered || form.baseUrl.trim() !== "";
  const signIn = signInOf(auth);
  // The vendor's own hosts always have a usual one; a domain of one's own has to be typed.
  const placed = !signIn?.own || hostOf(form, auth) !== null;
  return spec.settings.every(settled) && addressed && placed && hasCredentials(form, auth);
}

const given = (typed: string): boolean => typed.trim() !== "";

function hasCredentials(form: ConnectForm, auth: AuthView): boolean {
  switch (auth.kind) {
    case "none":
      return true;
    case "o_auth":
      return auth.built_in || (given(form.clientId) && (auth.client_secret !== "required" || given(form.clientSecret)));
    case "client_credentials":
      return given(form.clientId) && given(form.clientSecret);
    case "jwt_bearer":
      return given(form.clientId) && given(form.user) && given(form.privateKey);
    case "pasted_code":
      return given(form.clientId) && given(form.clientSecret) && given(form.code);
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
