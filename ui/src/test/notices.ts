import { screen } from "@testing-library/react";
import { text } from "@/text/en";

/** The notice that says this. The announcer holds the same words for screen readers, so they stand on the page twice. */
export const findNotice = (words: string | RegExp) => screen.findByText(words, { selector: `[aria-label="${text.common.notices}"] *` });
