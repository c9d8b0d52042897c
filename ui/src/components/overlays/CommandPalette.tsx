import { Autocomplete, Dialog, Header, Input, Menu, MenuItem, MenuSection, Modal, ModalOverlay, SearchField, Text } from "react-aria-components";
import { KeyHint } from "@/components/controls/KeyHint";
import { SearchIcon, type Icon } from "@/components/icons";
import { text } from "@/text/en";
import styles from "./CommandPalette.module.css";

export interface PaletteEntry {
  id: string;
  label: string;
  help?: string;
  icon?: Icon;
  keys?: string;
  run: () => void;
}

export interface PaletteGroup {
  label: string;
  entries: readonly PaletteEntry[];
}

interface CommandPaletteProps {
  open: boolean;
  onClose: () => void;
  query: string;
  onQuery: (query: string) => void;
  /** Already narrowed to the query: commands by their words, people by the store's search. */
  groups: readonly PaletteGroup[];
}

/** One place to do anything and to find anybody. */
export function CommandPalette({ open, onClose, query, onQuery, groups }: CommandPaletteProps) {
  return (
    <ModalOverlay className={styles.overlay ?? ""} isOpen={open} isDismissable onOpenChange={(next) => !next && onClose()}>
      <Modal className={styles.modal ?? ""}>
        <Dialog aria-label={text.palette.label} className={styles.dialog ?? ""}>
          <Autocomplete inputValue={query} onInputChange={onQuery}>
            <SearchField
              aria-label={text.palette.label}
              className={styles.field ?? ""}
              // The palette was opened to type into.
              // eslint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              onKeyDown={(event) => {
                // The first Escape of a search field clears it; here it leaves.
                if (event.key === "Escape") onClose();
                else event.continuePropagation();
              }}
            >
              <SearchIcon />
              <Input className={styles.input ?? ""} placeholder={text.palette.placeholder} spellCheck="false" />
            </SearchField>
            <Menu aria-label={text.palette.label} className={styles.list ?? ""} renderEmptyState={() => <p className={styles.nothing}>{text.palette.noResult(query)}</p>}>
              {groups
                .filter((group) => group.entries.length > 0)
                .map((group) => (
                  <MenuSection key={group.label}>
                    <Header className={styles.header ?? ""}>{group.label}</Header>
                    {group.entries.map((entry) => (
                      <MenuItem
                        key={entry.id}
                        id={entry.id}
                        textValue={entry.label}
                        className={styles.item ?? ""}
                        onAction={() => {
                          onClose();
                          entry.run();
                        }}
                      >
                        <span className={styles.icon}>{entry.icon && <entry.icon />}</span>
                        <Text slot="label" className={styles.label ?? ""}>
                          {entry.label}
                        </Text>
                        {entry.help !== undefined && (
                          <Text slot="description" className={styles.help ?? ""}>
                            {entry.help}
                          </Text>
                        )}
                        {entry.keys !== undefined && entry.keys !== "" && <KeyHint keys={entry.keys} />}
                      </MenuItem>
                    ))}
                  </MenuSection>
                ))}
            </Menu>
          </Autocomplete>
          <p className={styles.hint}>{text.palette.hint}</p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
