import { useEffect } from "react";
import { usePreference } from "./preferences";

/** Lays the chosen theme on the page. "system" leaves the choice to `color-scheme` in tokens.css. */
export function useTheme(): void {
  const theme = usePreference("theme");
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
