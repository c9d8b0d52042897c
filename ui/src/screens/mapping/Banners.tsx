import { useState } from "react";
import { useWrite } from "@/api/client";
import type { Error as HostError } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { announce } from "@/components/feedback/announcer";
import { Banner } from "@/components/feedback/Banner";
import { toasts } from "@/components/feedback/toasts";
import { ComboBox } from "@/components/fields/ComboBox";
import { Popover } from "@/components/overlays/Popover";
import { text } from "@/text/en";
import styles from "./Mapper.module.css";
import { useMapper } from "./mapper";
import { clear, retarget, ruleOf } from "./model/edit";

const words = text.mapping;

/** Whether the destination has our lead ID field, by any spelling of its name. */
const isLeadId = (name: string): boolean => name.toLowerCase().replaceAll(/[^a-z]/g, "").includes("leadid");

/** What lasts until somebody decides: fields that are gone, the missing lead ID field, a check that could not be made. */
export function Banners({ error, embedded }: { error: HostError | undefined; embedded: boolean }) {
  const { view, mapping, edit } = useMapper();
  const create = useWrite("create_lead_id_field");
  const [later, setLater] = useState(false);
  const gone = view.drift.filter((target) => ruleOf(mapping, target));
  // In the set-up going live makes the field, and says so.
  const missing = !embedded && !view.schema.fields.some(({ name, label }) => isLeadId(name) || isLeadId(label));
  return (
    <div className={styles.banners}>
      {error && <Banner tone="bad" title={words.checkTitle} line={`${error.message} ${words.checkLine}`} />}
      {gone.map((target) => (
        <Banner
          key={target}
          tone="warn"
          title={words.drift(view.destination, target)}
          line={words.driftLine}
          actions={
            <>
              <Popover trigger={<Button>{words.chooseAnother}</Button>} label={words.driftFor(target)} placement="bottom end">
                {(close) => (
                  <Another
                    target={target}
                    onChosen={(to) => {
                      close();
                      edit((now) => retarget(now, target, to));
                      announce(words.driftChosen(target, to));
                    }}
                  />
                )}
              </Popover>
              <Button onPress={() => edit((now) => clear(now, [target]))}>{words.remove}</Button>
            </>
          }
        />
      ))}
      {/* One thing at a time: what leads miss now comes before what would be good to have. */}
      {missing && !later && gone.length === 0 && (
        <Banner
          tone="info"
          title={words.leadId}
          line={words.leadIdLine}
          actions={
            <Button busy={create.isPending} onPress={() => create.mutate({ id: view.sync }, { onSuccess: () => toasts.show({ words: words.leadIdMade }) })}>
              {words.createLeadId}
            </Button>
          }
          onDismiss={() => setLater(true)}
        />
      )}
    </div>
  );
}

function Another({ target, onChosen }: { target: string; onChosen: (to: string) => void }) {
  const { view, mapping } = useMapper();
  const free = view.schema.fields.filter(({ name, read_only }) => !read_only && !ruleOf(mapping, name));
  return (
    <ComboBox
      label={words.driftFor(target)}
      value={undefined}
      onChange={(to) => {
        if (to !== undefined) onChosen(to);
      }}
      options={free.map(({ name, label }) => ({ value: name, label, detail: name }))}
    />
  );
}
