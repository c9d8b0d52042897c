import type { RefObject } from "react";
import { Autocomplete, Dialog, Input, ListBox, ListBoxItem, Popover, SearchField, useFilter } from "react-aria-components";
import type { Field } from "@/api/generated";
import input from "@/components/fields/field.module.css";
import popover from "@/components/overlays/Popover.module.css";
import { text } from "@/text/en";
import { useMapper } from "../mapper";
import styles from "../Mapper.module.css";
import { stepsWords } from "../model/words";

const words = text.mapping;

interface SourcePickerProps {
  field: Field;
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** Enter on a row: type a few letters of the source field, Enter again. Impossible ones are shown with the reason. */
export function SourcePicker({ field, anchor, onClose }: SourcePickerProps) {
  const { view, drop, placementOf, sampleValue } = useMapper();
  const { contains } = useFilter({ sensitivity: "base" });
  const sources = view.source_fields.map((source) => ({ ...source, id: source.name, can: placementOf(source.name, field) }));
  return (
    <Popover className={popover.popover ?? ""} triggerRef={anchor} isOpen onOpenChange={(open) => !open && onClose()} placement="bottom start">
      <Dialog aria-label={words.chooseFor(field.label)} className={styles.picker ?? ""}>
        <Autocomplete filter={contains}>
          <Search />
          <ListBox
            aria-label={words.sources}
            className={styles.choices ?? ""}
            items={sources}
            disabledKeys={sources.filter(({ can }) => !can.possible).map(({ name }) => name)}
            onAction={(key) => {
              onClose();
              drop(String(key), field.name);
            }}
            renderEmptyState={() => <p className={styles.nothing}>{words.nothingMatches}</p>}
          >
            {({ name, label, can }) => (
              <ListBoxItem id={name} textValue={`${label} ${name}`} className={styles.choice ?? ""}>
                <span>{label}</span>
                <span className={styles.detail}>{sampleValue(name) ?? ""}</span>
                {!can.possible && <span className={styles.why}>{can.why}</span>}
                {can.possible && can.steps.length > 0 && <span className={styles.why}>{words.chooseWith(stepsWords(can.steps))}</span>}
              </ListBoxItem>
            )}
          </ListBox>
        </Autocomplete>
      </Dialog>
    </Popover>
  );
}

/** The bare search field: Autocomplete gives it its value. */
function Search() {
  return (
    // It was opened to type into.
    // eslint-disable-next-line jsx-a11y/no-autofocus
    <SearchField aria-label={words.filterSources} autoFocus>
      <Input className={input.input ?? ""} placeholder={words.filterSources} spellCheck="false" />
    </SearchField>
  );
}
