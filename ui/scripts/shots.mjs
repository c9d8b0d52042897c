// Pictures of routes in both themes and both window sizes.
//   npm run shots -- OUTPUT_FOLDER gallery home "gallery?part=fields"
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openRoute, sizes, themes, withBrowser } from "./browser.mjs";

const [folder = "../screenshots", ...given] = process.argv.slice(2);
const routes = given.length > 0 ? given : ["home", ...["feedback", "controls", "fields", "data", "overlays", "icons"].map((part) => `gallery?part=${part}`)];
await mkdir(folder, { recursive: true });
await withBrowser(async (browser, base) => {
  for (const route of routes) {
    for (const theme of themes) {
      for (const size of sizes) {
        const { page } = await openRoute(browser, base, route, theme, size);
        await page.screenshot({ path: join(folder, `${route.replaceAll(/[^\w]+/g, "-")}-${theme}-${size.width}.png`) });
        await page.close();
      }
    }
  }
});
