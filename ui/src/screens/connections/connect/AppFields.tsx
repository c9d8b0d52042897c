import type { AuthView } from "@/api/generated";
import { TextArea } from "@/components/fields/TextArea";
import { TextField } from "@/components/fields/TextField";
import { text } from "@/text/en";
import { CopyLine } from "../CopyLine";
import styles from "../Connections.module.css";
import type { AppWay, ConnectForm } from "./form";
import { SignInFields } from "./SignInFields";

const words = text.connections.connect;

interface AppFieldsProps {
  auth: Extract<AuthView, { kind: AppWay }>;
  form: ConnectForm;
  onChange: (form: ConnectForm) => void;
}

/** What an app of one's own needs to be let in without a browser. */
export function AppFields({ auth, form, onChange }: AppFieldsProps) {
  const { steps, scopes, scope_separator, sign_in } = auth.app;
  const put = (change: Partial<ConnectForm>) => onChange({ ...form, ...change });
  return (
    <>
      <Steps steps={steps} />
      <Scopes scopes={scopes} separator={scope_separator} />
      <SignInFields signIn={sign_in} form={form} onChange={onChange} />
      <TextField label={words.clientId} required value={form.clientId} onChange={(clientId) => put({ clientId })} />
      {auth.kind === "jwt_bearer" ? (
        <>
          <TextField label={words.actsFor} help={words.actsForHelp} required value={form.user} onChange={(user) => put({ user })} />
          <TextArea label={words.privateKey} help={words.privateKeyHelp} required code value={form.privateKey} onChange={(privateKey) => put({ privateKey })} />
          <TextField label={words.audience} help={words.audienceHelp} value={form.audience} onChange={(audience) => put({ audience })} />
        </>
      ) : (
        <TextField label={words.clientSecret} required type="password" help={words.keptHelp} value={form.clientSecret} onChange={(clientSecret) => put({ clientSecret })} />
      )}
      {auth.kind === "pasted_code" && <TextField label={words.code} help={words.codeHelp} required type="password" value={form.code} onChange={(code) => put({ code })} />}
    </>
  );
}

/** How to get what is asked for, in the vendor's words. */
export function Steps({ steps }: { steps: readonly string[] }) {
  return <ol className={styles.steps}>{steps.map((step) => <li key={step}>{step}</li>)}</ol>;
}

/** What an app must be allowed, as one line to copy. */
export function Scopes({ scopes, separator }: { scopes: readonly string[]; separator: string }) {
  if (scopes.length === 0) return null;
  return (
    <div className={styles.group}>
      <span>{words.scopes}</span>
      <CopyLine words={scopes.join(separator)} label={`${text.common.copy}: ${words.scopes}`} />
    </div>
  );
}
