import { useRead } from "@/api/client";
import type { About } from "@/api/generated";
import { useCommands } from "@/app/shortcuts/commands";
import { Button } from "@/components/controls/Button";
import { Banner } from "@/components/feedback/Banner";
import { Skeleton } from "@/components/feedback/Skeleton";
import { toasts } from "@/components/feedback/toasts";
import { FormRow } from "@/components/fields/FormRow";
import { CopyIcon } from "@/components/icons";
import { usePlatform } from "@/platform/context";
import { text } from "@/text/en";
import styles from "./Settings.module.css";

const words = text.settings.about;
const MEGABYTE = 1_000_000;

export function AboutCard() {
  const { data, error } = useRead("about", {});
  if (error) return <Banner tone="bad" title={error.message} />;
  return data ? <Facts about={data} /> : <Skeleton label={text.app.loading} lines={4} />;
}

function Facts({ about }: { about: About }) {
  const platform = usePlatform();
  const copy = () =>
    void platform.copyText(`${text.app.name} ${about.version}\n${navigator.userAgent}`).then(() => toasts.show({ words: text.common.copied }));
  useCommands([{ id: "about.copy", label: words.copy, group: text.sections.settings, icon: CopyIcon, run: copy }]);
  return (
    <>
      <FormRow title={words.version}><span className={styles.line}>{about.version} <Button kind="quiet" icon={CopyIcon} onPress={copy}>{words.copy}</Button></span></FormRow>
      <FormRow title={words.folder}><code className={styles.path}>{about.data_folder}</code></FormRow>
      <FormRow title={words.size}><span>{words.sizeOf(words.megabytes(Math.ceil(about.ledger_bytes / MEGABYTE)), about.leads)}</span></FormRow>
      <FormRow title={words.secrets}><span>{words.secretKinds[about.secrets] ?? about.secrets}</span></FormRow>
    </>
  );
}
