import { useWrite } from "@/api/client";
import type { Mapping } from "@/api/generated";
import { Button } from "@/components/controls/Button";
import { toasts } from "@/components/feedback/toasts";
import { SidePanel } from "@/components/overlays/SidePanel";
import { text } from "@/text/en";
import { useMapper } from "../mapper";
import styles from "./Panel.module.css";

const words = text.mapping;

/** Mappings to begin from. Using one is a step like any other: one undo brings the former draft back. */
export function TemplatesPanel({ take }: { take: (mapping: Mapping) => void }) {
  const { view, open } = useMapper();
  const use = useWrite("use_template");
  return (
    <SidePanel title={words.templatesTitle} onClose={() => open(undefined)}>
      <p className={styles.quiet}>{view.templates.length === 0 ? words.noTemplates : words.templateLine}</p>
      <ul className={styles.pairs}>
        {view.templates.map(({ id, name, help }) => (
          <li key={id} className={styles.version}>
            <strong>{name}</strong>
            <p className={styles.quiet}>{help}</p>
            <Button
              busy={use.isPending && use.variables.template === id}
              onPress={() =>
                use.mutate({ sync: view.sync, template: id }, {
                  onSuccess: ({ draft }) => {
                    take(draft);
                    toasts.show({ words: words.templateUsed(name) });
                  },
                })
              }
            >
              {words.useTemplate(name)}
            </Button>
          </li>
        ))}
      </ul>
    </SidePanel>
  );
}
