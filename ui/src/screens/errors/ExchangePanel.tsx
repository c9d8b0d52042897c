import type { ExchangeView, TimelineEntry } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { Code } from "@/components/data/Code";
import { toasts } from "@/components/feedback/toasts";
import { CopyIcon } from "@/components/icons";
import { SidePanel } from "@/components/overlays/SidePanel";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import styles from "./ExchangePanel.module.css";

const words = text.errors.delivery;

const headersOf = ({ request }: ExchangeView) => request.headers.map(({ name, value }) => `${name}: ${value}`).join("\n");
const languageOf = (body: string) => (/^\s*[[{]/.test(body) ? "json" : "text");

/** Everything a vendor's support asks for, as text. Secrets were hidden before it came here. */
export function forSupport(entry: TimelineEntry): string {
  return entry.exchanges
    .map((one) => [`${entry.at} ${entry.text}`, `${one.request.method} ${one.request.url}`, headersOf(one), one.request.body, one.status === null ? words.noAnswer : words.status(one.status), one.response, one.request_id ?? ""].filter(Boolean).join("\n"))
    .join("\n\n");
}

/** The technical drawer of one attempt. */
export function ExchangePanel({ entry, onClose }: { entry: TimelineEntry; onClose: () => void }) {
  const platform = usePlatform();
  const copy = () => void platform.copyText(forSupport(entry)).then(() => toasts.show({ words: text.common.copied }));
  return (
    <SidePanel title={entry.text} onClose={onClose} footer={<Button icon={CopyIcon} onPress={copy}>{words.copySupport}</Button>}>
      <div className={styles.exchanges}>
        {entry.exchanges.map((one, at) => (
          <section key={at} className={styles.exchange} aria-label={words.exchange(at + 1)}>
            <p className={styles.facts}>
              <span>{one.status === null ? words.noAnswer : words.status(one.status)}</span>
              <span>{words.took(one.duration_ms)}</span>
              {one.request_id !== null && <span>{words.requestId(one.request_id)}</span>}
            </p>
            <Code label={words.request} code={`${one.request.method} ${one.request.url}\n${headersOf(one)}`} />
            {one.request.body !== "" && <Code label={`${words.request} ${at + 1}`} code={one.request.body} language={languageOf(one.request.body)} />}
            {one.response !== "" && <Code label={words.response} code={one.response} language={languageOf(one.response)} />}
          </section>
        ))}
      </div>
    </SidePanel>
  );
}
