import { preferences, usePreference, type Theme } from "@/app/preferences";
import { RadioGroup } from "@/components/controls/RadioGroup";
import { FormRow } from "@/components/fields/FormRow";
import { text } from "@/text/en";

const words = text.settings;

/** The theme is a preference of this window; the shell passes it on to the engine. */
export function AppearanceCard() {
  const theme = usePreference("theme");
  return (
    <FormRow title={words.theme} line={words.themeLine}>
      <RadioGroup<Theme>
        label={words.theme}
        value={theme}
        onChange={(next) => preferences.set("theme", next)}
        choices={[
          { value: "system", label: words.themes.system },
          { value: "light", label: words.themes.light },
          { value: "dark", label: words.themes.dark },
        ]}
      />
    </FormRow>
  );
}
