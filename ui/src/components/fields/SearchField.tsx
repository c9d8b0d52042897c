import { Button, Input, SearchField as AriaSearchField } from "react-aria-components";
import { KeyHint } from "@/components/controls/KeyHint";
import { CloseIcon, SearchIcon } from "@/components/icons";
import { cx } from "@/lib/cx";
import { given } from "@/lib/given";
import { text } from "@/text/en";
import field from "./field.module.css";
import styles from "./SearchField.module.css";

interface SearchFieldProps {
  /** Read aloud; the magnifier says it to the eye. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  /** Shown while empty, and pressed by `/` (see useFocusFilter in the shell). */
  keys?: string;
  autoFocus?: boolean;
}

/** Filters what is below it while typing. Escape clears. */
export function SearchField({ label, value, onChange, placeholder, keys, autoFocus }: SearchFieldProps) {
  return (
    <AriaSearchField aria-label={label} value={value} onChange={onChange} className={cx(field.input, styles.search)} {...given({ autoFocus })}>
      <SearchIcon />
      <Input className={styles.input ?? ""} placeholder={placeholder ?? label} data-filter spellCheck="false" />
      {value === "" ? keys !== undefined && <KeyHint keys={keys} /> : (
        <Button className={styles.clear ?? ""} aria-label={text.common.clear}>
          <CloseIcon size={14} />
        </Button>
      )}
    </AriaSearchField>
  );
}
