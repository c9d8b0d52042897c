import type { RequestView } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { Code } from "@/components/data/Code";
import { toasts } from "@/components/feedback/toasts";
import { CopyIcon } from "@/components/icons";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import styles from "./Test.module.css";

const words = text.mappingTest;

/** The technical drawer: each request as it would be sent. The engine hid the secrets before it came here. */
export function ExactRequest({ requests }: { requests: readonly RequestView[] }) {
  const platform = usePlatform();
  const copy = (curl: string) => void platform.copyText(curl).then(() => toasts.show({ words: words.curlCopied }));
  return (
    <div className={styles.words}>
      <p className={styles.quiet}>{requests.length === 0 ? words.noRequests : words.secretsHidden}</p>
      {requests.map(({ method, url, headers, body, curl }, at) => (
        <section key={at} className={styles.request} aria-label={words.request(at + 1, requests.length)}>
          <p className={styles.line}>
            <strong>{method}</strong>
            <code className={styles.url}>{url}</code>
            <Button icon={CopyIcon} onPress={() => copy(curl)}>
              {words.copyCurl}
            </Button>
          </p>
          <h3>{words.headers}</h3>
          <dl className={styles.pairs}>
            {headers.map(({ name, value }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd><code>{value}</code></dd>
              </div>
            ))}
          </dl>
          {body !== "" && <Code label={words.body} code={body} language="json" />}
        </section>
      ))}
    </div>
  );
}
