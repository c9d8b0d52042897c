import type { AuthView, ConnectorView } from "@/api/generated";
import { TextField } from "@/components/fields/TextField";
import { text } from "@/text/en";
import { CopyLine } from "../CopyLine";
import styles from "../Connections.module.css";
import { AppFields, Scopes, Steps } from "./AppFields";
import { tokenShape, type ConnectForm } from "./form";
import { SignInFields } from "./SignInFields";

const words = text.connections.connect;

interface CredentialFieldsProps {
  spec: ConnectorView;
  auth: AuthView;
  form: ConnectForm;
  onChange: (form: ConnectForm) => void;
}

/** What each way of signing in asks for. The built-in browser sign-in asks for nothing. */
export function CredentialFields({ spec, auth, form, onChange }: CredentialFieldsProps) {
  switch (auth.kind) {
    case "none":
      return null;
    case "o_auth":
      return (
        <>
          <SignInFields signIn={auth.sign_in} form={form} onChange={onChange} />
          {auth.built_in ? <p className={styles.muted}>{words.signInLine}</p> : <OwnApp auth={auth} form={form} onChange={onChange} />}
        </>
      );
    case "client_credentials":
    case "jwt_bearer":
    case "pasted_code":
      return <AppFields auth={auth} form={form} onChange={onChange} />;
    case "token":
      return <Token spec={spec} auth={auth} form={form} onChange={onChange} />;
    case "basic":
      return (
        <>
          <TextField label={words.user} required value={form.user} onChange={(user) => onChange({ ...form, user })} />
          <TextField label={words.password} required type="password" value={form.token} onChange={(token) => onChange({ ...form, token })} />
        </>
      );
  }
}

function OwnApp({ auth, form, onChange }: { auth: Extract<AuthView, { kind: "o_auth" }>; form: ConnectForm; onChange: (form: ConnectForm) => void }) {
  return (
    <section className={styles.form} aria-label={words.ownApp}>
      <p className={styles.muted}>{words.ownAppLine}</p>
      <Steps steps={auth.own_app_steps} />
      <div className={styles.group}>
        <span>{words.redirect}</span>
        {auth.redirect_urls.map((url) => <CopyLine key={url} words={url} label={`${text.common.copy}: ${words.redirect}`} />)}
      </div>
      <Scopes scopes={auth.scopes} separator=" " />
      <TextField label={words.clientId} required value={form.clientId} onChange={(clientId) => onChange({ ...form, clientId })} />
      {auth.client_secret !== "no" && (
        <TextField
          label={words.clientSecret}
          required={auth.client_secret === "required"}
          type="password"
          help={auth.client_secret === "required" ? words.keptHelp : words.clientSecretHelp}
          value={form.clientSecret}
          onChange={(clientSecret) => onChange({ ...form, clientSecret })}
        />
      )}
    </section>
  );
}

function Token({ spec, auth, form, onChange }: { spec: ConnectorView; auth: Extract<AuthView, { kind: "token" }>; form: ConnectForm; onChange: (form: ConnectForm) => void }) {
  const shape = tokenShape(form.token, auth.prefixes);
  return (
    <>
      <p className={styles.muted}>{words.tokenLine(auth.label)}</p>
      <Steps steps={auth.steps} />
      <TextField
        label={auth.label}
        required
        type="password"
        value={form.token}
        onChange={(token) => onChange({ ...form, token })}
        help={shape === "right" ? words.looksRight(spec.name, auth.label) : shape === "other" ? words.looksWrong(auth.prefixes.join(", ")) : undefined}
      />
    </>
  );
}
